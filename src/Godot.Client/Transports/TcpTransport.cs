using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>A TCP server, tried at each of its addresses in turn.</summary>
sealed class TcpTransport(string host, int port, GodotClientOptions options) : Transport
{
    // So that an idle client notices within about a minute that the server's machine is gone.
    const int KeepAliveSeconds = 30;

    public override async Task<Connection> ConnectAsync(Signal wake, CancellationToken stop)
    {
        IPAddress[] addresses = await Names.ResolveAsync(host, stop).ConfigureAwait(false);
        for (int i = 0; ; i++)
        {
            try
            {
                return await StreamConnection.ConnectAsync(NewSocket(addresses[i]), new IPEndPoint(addresses[i], port), options, wake,
                    stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or TimeoutException && i < addresses.Length - 1)
            {
                // The next address may do.
            }
        }
    }

    public override string ToString() => $"tcp://{Names.Text(host)}:{port}";

    static Socket NewSocket(IPAddress address)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds / 6);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
        return socket;
    }
}
