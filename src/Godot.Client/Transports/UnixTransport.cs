using System.Net.Sockets;

namespace Godot;

/// <summary>A server at a unix stream socket.</summary>
sealed class UnixTransport(string path, GodotClientOptions options) : Transport
{
    readonly UnixDomainSocketEndPoint server = new(path);

    public override Task<Connection> ConnectAsync(Signal wake, CancellationToken stop)
    {
        // The system's word for it would be an address that is not available.
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no socket {path}.");
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        return StreamConnection.ConnectAsync(socket, server, options, wake, stop);
    }

    public override string ToString() => $"unix://{path}";
}
