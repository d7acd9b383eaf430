using System.Net.Sockets;

namespace Godot;

/// <summary>
/// One stream connection, one task. Nothing stands between the socket and the engine: while a reactor is slow nothing is read, the kernel's
/// buffers fill, and the sender waits.
/// </summary>
/// <remarks>
/// A quiet connection costs no thread: it awaits its bytes. That takes two changes of thread each time, so one that is busy is read by a thread of its
/// own, which waits in the kernel (docs/decisions/0006-inputs.md).
/// </remarks>
sealed class Connection(Socket socket, EventFeed feed, InputContext context)
{
    // One that is never silent for so long is busy.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    long lastHeard = context.Clock.GetTimestamp();
    volatile bool waiting;

    /// <summary>How long nothing has come; zero while reactors work on what came, and when it is about to end.</summary>
    public TimeSpan Silence => waiting ? context.Clock.GetElapsedTime(Volatile.Read(ref lastHeard)) : TimeSpan.Zero;

    /// <summary>Completes when the peer has closed, or <see cref="Finish"/> was called, and everything that came has gone through the engine.</summary>
    public async Task RunAsync()
    {
        using (socket)
        {
            bool open = true, heard = false;
            while (open)
            {
                Volatile.Write(ref lastHeard, context.Clock.GetTimestamp());
                waiting = true;
                int count = await ReceiveAsync().ConfigureAwait(false);
                waiting = false;
                bool busy = heard && context.Clock.GetElapsedTime(lastHeard) < Pause;
                heard = true;
                open = await FeedAsync(count).ConfigureAwait(false);
                if (open && busy && context.Turns.TryKeep(out Turn? turn)) open = await FeedWhileBusyAsync(turn).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Receives no more: what the kernel holds is still read, then the connection ends as if the peer had closed it.</summary>
    public void Finish()
    {
        waiting = false;
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

    async ValueTask<bool> FeedAsync(int count)
    {
        Turn turn = await context.Turns.TakeAsync().ConfigureAwait(false);
        try
        {
            return Feed(count, turn);
        }
        finally
        {
            context.Turns.GiveBack(turn);
        }
    }

    async Task<bool> FeedWhileBusyAsync(Turn turn)
    {
        bool open = true;
        try
        {
            await OwnThread.Run(() =>
            {
                while (open && !context.Turns.Crowded && TryReceive(out int count)) open = Feed(count, turn);
            }).ConfigureAwait(false);
            return open;
        }
        finally
        {
            context.Turns.EndKeeping(turn);
        }
    }

    /// <summary>False: that was the end.</summary>
    bool Feed(int count, Turn turn)
    {
        if (count > 0) feed.Take(count, turn);
        else feed.End(turn);
        return count > 0;
    }

    /// <summary>False: nothing came for a while.</summary>
    bool TryReceive(out int count)
    {
        count = 0;
        try
        {
            if (!socket.Poll(Pause, SelectMode.SelectRead)) return false;
            count = socket.Receive(feed.Free.Span);
        }
        catch (Exception e) when (IsEnd(e))
        {
        }
        return true;
    }

    async ValueTask<int> ReceiveAsync()
    {
        try
        {
            return await socket.ReceiveAsync(feed.Free, SocketFlags.None).ConfigureAwait(false);
        }
        catch (Exception e) when (IsEnd(e))
        {
            return 0;
        }
    }

    // A reset, a peer that vanished and our own Abort are ends like any other.
    static bool IsEnd(Exception e) => e is SocketException or ObjectDisposedException;
}
