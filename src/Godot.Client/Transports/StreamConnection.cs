using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>TCP and unix sockets: writes everything at once, and notices when the server closes.</summary>
sealed class StreamConnection : Connection
{
    readonly Socket socket;
    readonly Signal wake;
    volatile bool closed;

    StreamConnection(Socket socket, Signal wake)
    {
        this.socket = socket;
        this.wake = wake;
        _ = WatchAsync();
    }

    public static async Task<Connection> ConnectAsync(Socket socket, EndPoint server, GodotClientOptions options, Signal wake, CancellationToken stop)
    {
        using CancellationTokenSource late = new(options.ConnectTimeout, options.Clock);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            await socket.ConnectAsync(server, end.Token);
            return new StreamConnection(socket, wake);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is OperationCanceledException && late.IsCancellationRequested && !stop.IsCancellationRequested)
                throw new TimeoutException($"{server} did not accept a connection within {options.ConnectTimeout}.", e);
            throw;
        }
    }

    public override bool IsClosed => closed;

    public override int Portion(ReadOnlySpan<byte> lines) => lines.Length;

    public override async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> portion, CancellationToken stop)
    {
        while (!portion.IsEmpty)
        {
            int written = await socket.SendAsync(portion, SocketFlags.None, stop);
            portion = portion[written..];
        }
        return true;
    }

    public override void Finish() => socket.Shutdown(SocketShutdown.Send);

    // Not with a reset, which a receive or a write that is cut off would make of it: what the system has taken it still delivers.
    public override void Dispose()
    {
        try
        {
            Finish();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is broken, or closed already.
        }
        socket.Dispose();
    }

    // The server never writes, so a receive ends only when the connection does.
    async Task WatchAsync()
    {
        byte[] ignored = new byte[64];
        try
        {
            while (await socket.ReceiveAsync(ignored.AsMemory(), SocketFlags.None) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Broken, or closed by us.
        }
        closed = true;
        // A write that a dead server holds up ends too.
        socket.Dispose();
        wake.Set();
    }
}
