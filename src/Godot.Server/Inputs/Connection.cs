using System.Net.Sockets;

namespace Godot;

/// <summary>
/// One stream connection, one task. Nothing stands between the socket and the engine: while a reactor is slow nothing is read, the kernel's
/// buffers fill, and the sender waits.
/// </summary>
sealed class Connection(Socket socket, EventFeed feed, InputContext context)
{
    long lastHeard = context.Clock.GetTimestamp();
    volatile bool waiting;

    /// <summary>How long nothing has come; zero while reactors work on what came.</summary>
    public TimeSpan Silence => waiting ? context.Clock.GetElapsedTime(Volatile.Read(ref lastHeard)) : TimeSpan.Zero;

    /// <summary>Completes when the peer has closed, or <see cref="Finish"/> was called, and everything that came has gone through the engine.</summary>
    public async Task RunAsync()
    {
        using (socket)
        {
            int count;
            do
            {
                Volatile.Write(ref lastHeard, context.Clock.GetTimestamp());
                waiting = true;
                count = await ReceiveAsync().ConfigureAwait(false);
                waiting = false;
                await FeedAsync(count).ConfigureAwait(false);
            }
            while (count > 0);
        }
    }

    /// <summary>Receives no more: what the kernel holds is still read, then the connection ends as if the peer had closed it.</summary>
    public void Finish()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Receive);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <summary>Ends the connection, whatever the kernel holds.</summary>
    public void Abort() => socket.Dispose();

    async ValueTask FeedAsync(int count)
    {
        Turn turn = await context.Turns.TakeAsync().ConfigureAwait(false);
        try
        {
            if (count > 0) feed.Take(count, turn);
            else feed.End(turn);
        }
        finally
        {
            context.Turns.GiveBack(turn);
        }
    }

    // A reset, a peer that vanished and our own Abort are ends like any other.
    async ValueTask<int> ReceiveAsync()
    {
        try
        {
            return await socket.ReceiveAsync(feed.Free, SocketFlags.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
