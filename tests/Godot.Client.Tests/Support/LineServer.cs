using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Godot.Client.Tests;

/// <summary>A server on a stream socket. It accepts; what it reads, and when it closes, the test says.</summary>
sealed class LineServer : IDisposable
{
    readonly Socket listener;

    LineServer(EndPoint address, int backlog = 512)
    {
        listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(address);
        listener.Listen(backlog);
    }

    public static LineServer Tcp(int port = 0) => new(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>A server that lets one connection wait to be accepted, and does not answer further ones.</summary>
    public static LineServer Busy() => new(new IPEndPoint(IPAddress.Loopback, 0), backlog: 0);

    public static LineServer Tcp6() => new(new IPEndPoint(IPAddress.IPv6Loopback, 0));

    public static LineServer Unix(string path) => new(new UnixDomainSocketEndPoint(path));

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    public async Task<LineConnection> AcceptAsync() => new(await listener.AcceptAsync().Soon());

    public void Dispose() => listener.Dispose();

    /// <summary>A port at which nobody listens.</summary>
    public static int FreePort()
    {
        using LineServer server = Tcp();
        return server.Port;
    }
}

/// <summary>The server's end of a connection.</summary>
sealed class LineConnection(Socket socket) : IDisposable
{
    readonly StreamReader reader = new(new NetworkStream(socket), Encoding.UTF8);

    /// <summary>The next line; null at the end.</summary>
    public async Task<string?> ReadAsync() => await reader.ReadLineAsync().Soon();

    public async Task<List<string>> ReadAsync(int count)
    {
        List<string> lines = [];
        while (lines.Count < count)
            lines.Add(await ReadAsync() ?? throw new EndOfStreamException($"The client closed after {lines.Count} lines."));
        return lines;
    }

    public async Task<List<string>> ReadToEndAsync()
    {
        List<string> lines = [];
        while (await ReadAsync() is { } line) lines.Add(line);
        return lines;
    }

    /// <summary>Closes as a server does that has read everything.</summary>
    public void Dispose()
    {
        reader.Dispose();
        socket.Dispose();
    }

    /// <summary>Writes, and closes its side; what the client writes may wait for ever.</summary>
    public void End(ReadOnlySpan<byte> last)
    {
        socket.Send(last);
        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Answers and closes as a server does that does not let this client in.</summary>
    public async Task RefuseAsync(string sentence)
    {
        End(Encoding.UTF8.GetBytes($$"""{"error":"{{sentence}}"}""" + "\n"));
        try
        {
            await ReadToEndAsync();
        }
        catch (IOException)
        {
            // The client closed with something unread.
        }
        Dispose();
    }

    /// <summary>Closes as a server that dies: with a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new(true, 0);
        Dispose();
    }
}
