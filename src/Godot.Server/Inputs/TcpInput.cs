using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>JSON lines over TCP.</summary>
sealed class TcpInput(IPEndPoint endPoint) : StreamInput
{
    const int Backlog = 1024;

    IPEndPoint endPoint = endPoint;

    public override string Name => BindAddress.Name("tcp", endPoint);

    public override EndPoint EndPoint => endPoint;

    // The runtime sets SO_REUSEADDR on stream sockets by itself: a port that only dead connections use can be had at once.
    protected override Socket Listen()
    {
        Socket? socket = null;
        try
        {
            socket = BindAddress.NewSocket(endPoint, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            endPoint = (IPEndPoint)socket.LocalEndPoint!;
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            throw BindAddress.Refusal("tcp", endPoint, e);
        }
    }

    // A peer that vanished without a word is noticed after two minutes: 60 s of silence and six unanswered questions.
    protected override void Prepare(Socket connection)
    {
        connection.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
    }
}
