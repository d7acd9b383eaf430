using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>Events over TCP.</summary>
sealed class TcpInput(Port port, Func<EventDecoder>? decoder) : StreamInput(decoder)
{
    const int Backlog = 1024;

    Port port = port;
    Strangers strangers = null!;

    public override string Name => port.Name;

    public override EndPoint EndPoint => port.EndPoint;

    internal override Allow Allow => port.Allow;

    internal override void LetIn(Allow allow) => port = port with { Allow = allow };

    // The runtime sets SO_REUSEADDR on stream sockets by itself: a port that only dead connections use can be had at once.
    protected override Socket Listen()
    {
        Socket socket = port.Bind(SocketType.Stream, ProtocolType.Tcp)[0];
        try
        {
            socket.Listen(Backlog);
            port = port with { Number = ((IPEndPoint)socket.LocalEndPoint!).Port };
        }
        catch (SocketException e)
        {
            // Two programs may bind a port; the second may not listen on it.
            socket.Dispose();
            throw BindAddress.Refusal(port, e);
        }
        strangers = new Strangers(Name, new Visitors(port, Context.Options.IsThisMachine), Counters, Context);
        return socket;
    }

    protected override bool Refuse(Socket connection) => strangers.Refuse(connection);

    // A peer that vanished without a word is noticed after two minutes: 60 s of silence and six unanswered questions.
    protected override void Prepare(Socket connection)
    {
        connection.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        connection.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
    }
}
