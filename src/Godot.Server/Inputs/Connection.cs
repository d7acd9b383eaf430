using System.Net.Sockets;

namespace Godot;

/// <summary>
/// One stream connection, one task. Nothing stands between the socket and the engine: while a reactor is slow nothing is read, the kernel's
/// buffers fill, and the sender waits.
/// </summary>
/// <remarks>
/// A quiet connection costs no thread and no buffer: it waits until there is something to receive, and receives it when it has a turn, into that turn's
/// buffer. That takes two changes of thread each time, so one that is busy is read by a thread of its own, which waits in the kernel
/// (docs/decisions/0006-inputs.md).
/// </remarks>
/// <param name="socket">It must not block: a turn is not there to wait.</param>
/// <param name="feed">What it received goes there.</param>
/// <param name="backlog">What it has not received yet; the connection disposes of it.</param>
/// <param name="context">What all inputs share.</param>
sealed class Connection(Socket socket, EventFeed feed, Backlog backlog, InputContext context)
{
    // One that is never silent for so long is busy.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    const int End = 0, Nothing = -1;

    long lastHeard = context.Clock.GetTimestamp();
    volatile bool waiting;

    /// <summary>How long nothing has come; zero while reactors work on what came, and when it is about to end.</summary>
    public TimeSpan Silence => waiting ? context.Clock.GetElapsedTime(Volatile.Read(ref lastHeard)) : TimeSpan.Zero;

    /// <summary>Completes when the peer has closed, or <see cref="Finish"/> was called, and everything that came has gone through the engine.</summary>
    public async Task RunAsync()
    {
        using (socket)
        using (backlog)
        {
            bool open = true, heard = false;
            while (open)
            {
                Volatile.Write(ref lastHeard, context.Clock.GetTimestamp());
                waiting = true;
                await WaitAsync().ConfigureAwait(false);
                waiting = false;
                bool busy = heard && context.Clock.GetElapsedTime(lastHeard) < Pause;
                heard = true;
                int count = await FeedAsync().ConfigureAwait(false);
                open = count != End;
                if (count > 0 && busy && context.Turns.TryKeep(out Turn? turn)) open = await FeedWhileBusyAsync(turn).ConfigureAwait(false);
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
    public void Abort()
    {
        socket.Dispose();
        backlog.Dispose();
    }

    async ValueTask<int> FeedAsync()
    {
        Turn turn = await context.Turns.TakeAsync().ConfigureAwait(false);
        try
        {
            feed.Enter(turn);
            int count = Feed();
            feed.Leave();
            return count;
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
                feed.Enter(turn);
                while (open && !context.Turns.Crowded && HasBytes()) open = Feed() != End;
                feed.Leave();
            }).ConfigureAwait(false);
            return open;
        }
        finally
        {
            context.Turns.EndKeeping(turn);
        }
    }

    /// <summary>How many bytes came; <see cref="End"/>, or <see cref="Nothing"/>.</summary>
    int Feed()
    {
        int count = End, left = 0;
        backlog.Reading();
        try
        {
            Memory<byte> free = feed.Free;
            count = socket.Receive(free.Span, SocketFlags.None, out SocketError error);
            // A wait is over now and then for bytes that were received already.
            if (error == SocketError.WouldBlock) return Nothing;
            if (count == free.Length) left = socket.Available;
        }
        catch (Exception e) when (IsEnd(e))
        {
        }
        backlog.Received(count, left);
        if (count == End) feed.End();
        else feed.Take(count);
        backlog.Done();
        return count;
    }

    /// <summary>False: nothing came for a while.</summary>
    bool HasBytes()
    {
        try
        {
            if (socket.Poll(Pause, SelectMode.SelectRead)) return true;
            backlog.Clear();
            return false;
        }
        catch (Exception e) when (IsEnd(e))
        {
            return true;
        }
    }

    async ValueTask WaitAsync()
    {
        try
        {
            // Room for none: completes when there are some, at once if there were already.
            ValueTask<int> some = socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None);
            if (!some.IsCompleted) backlog.Clear();
            await some.ConfigureAwait(false);
        }
        catch (Exception e) when (IsEnd(e))
        {
        }
        backlog.Arrived();
    }

    // A reset, a peer that vanished and our own Abort are ends like any other. To receive will say it again.
    static bool IsEnd(Exception e) => e is SocketException or ObjectDisposedException;
}
