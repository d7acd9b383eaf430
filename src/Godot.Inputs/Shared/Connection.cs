using System.Net.Sockets;
using Godot.Runtime;

namespace Godot;

/// <summary>
/// One stream connection, one task. Nothing stands between the socket and the engine: while a reactor is slow nothing is read, the kernel's
/// buffers fill, and the sender waits.
/// </summary>
/// <remarks>
/// A quiet connection costs no thread and no buffer: it waits until there is something to receive, and receives it when it has a slot, into
/// that slot's buffer. That takes two changes of thread each time, so one that is busy is read by a thread of its own, which waits in the
/// kernel (docs/decisions/0006-inputs.md).
/// </remarks>
sealed class Connection
{
    // One that is never silent for so long is busy.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    const int End = 0, Nothing = -1;

    readonly Socket socket;
    readonly SlotFeed feed;
    readonly Backlog backlog;
    readonly InputContext context;
    long lastHeard;

    // It was ended by us, or broke: the peer has not said that it is through.
    volatile bool ended;
    volatile bool waiting;

    // How often it has waited, and what the looks of a stop made of that.
    volatile int waits;
    int waitsSeen = -1, looks;

    /// <param name="socket">It must not block: a slot is not there to wait.</param>
    /// <param name="input">The one that accepted it.</param>
    /// <param name="backlog">What it has not received yet; the connection disposes of it.</param>
    public Connection(Socket socket, Input input, Backlog backlog)
    {
        (this.socket, context, this.backlog) = (socket, input.Context, backlog);
        lastHeard = context.Clock.GetTimestamp();
        feed = new SlotFeed(input, Abort);
        context.Unfinished.Add(feed);
    }

    /// <summary>How long nothing has come; zero while reactors work on what came, and when it is about to end.</summary>
    public TimeSpan Silence => waiting ? context.Clock.GetElapsedTime(Volatile.Read(ref lastHeard)) : TimeSpan.Zero;

    /// <summary>
    /// Completes when the peer has closed, or <see cref="Finish"/> was called, and everything that came has gone through the engine.
    /// </summary>
    public async Task RunAsync()
    {
        using (socket)
        using (backlog)
        {
            bool open = true, heard = false;
            while (open)
            {
                Volatile.Write(ref lastHeard, context.Clock.GetTimestamp());
                waits++;
                waiting = true;
                await WaitAsync().ConfigureAwait(false);
                waiting = false;
                bool busy = heard && context.Clock.GetElapsedTime(lastHeard) < Pause;
                heard = true;
                int count = await FeedAsync().ConfigureAwait(false);
                open = count != End;
                if (count > 0 && busy && context.ReaderSlots.TryKeep(out ReaderSlot? slot))
                    open = await FeedWhileBusyAsync(slot).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// How often in a row it was found waiting for a peer that has sent nothing since. For one thread to ask. The looks of a stop go by
    /// this, not by the clock: it may be one that stands still.
    /// </summary>
    public int LookAgain()
    {
        int now = waits;
        bool quiet = waiting && now == waitsSeen && Unread == 0;
        waitsSeen = now;
        return looks = quiet ? looks + 1 : 0;
    }

    /// <summary>How many bytes the kernel holds for it, as far as it tells.</summary>
    public int Unread
    {
        get
        {
            try
            {
                return socket.Available;
            }
            catch (Exception e) when (IsEnd(e))
            {
                return 0;
            }
        }
    }

    /// <summary>Receives no more: what the kernel holds is still read, then the connection ends as if the peer had closed it.</summary>
    public void Finish()
    {
        ended = true;
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
        ended = true;
        socket.Dispose();
        backlog.Dispose();
    }

    /// <summary>Gives back what it still holds, when <see cref="RunAsync"/> is over.</summary>
    public void Close() => feed.Close();

    async ValueTask<int> FeedAsync()
    {
        ReaderSlot slot = await context.ReaderSlots.TakeAsync().ConfigureAwait(false);
        try
        {
            feed.Enter(slot);
            int count = Feed();
            feed.Leave();
            return count;
        }
        finally
        {
            context.ReaderSlots.GiveBack(slot);
        }
    }

    async Task<bool> FeedWhileBusyAsync(ReaderSlot slot)
    {
        bool open = true;
        try
        {
            Task? reading = OwnThread.TryRun(() =>
            {
                feed.Enter(slot);
                while (open && !context.ReaderSlots.Crowded && HasBytes()) open = Feed() != End;
                feed.Leave();
            });
            // Without a thread of its own it takes slots like the others.
            if (reading is not null) await reading.ConfigureAwait(false);
            return open;
        }
        finally
        {
            context.ReaderSlots.EndKeeping(slot);
        }
    }

    /// <summary>How many bytes came; <see cref="End"/>, or <see cref="Nothing"/>.</summary>
    int Feed()
    {
        int count = End, left = 0;
        bool broken = false;
        backlog.Reading();
        try
        {
            Memory<byte> free = feed.Free;
            count = socket.Receive(free.Span, SocketFlags.None, out SocketError error);
            // A wait is over now and then for bytes that were received already.
            if (error == SocketError.WouldBlock) return Nothing;
            broken = error != SocketError.Success;
            if (count == free.Length) left = socket.Available;
        }
        catch (Exception e) when (IsEnd(e))
        {
            broken = true;
        }
        backlog.Received(count, left);
        if (count == End) feed.End(cut: broken || ended);
        else feed.Take(count);
        backlog.Done();
        return feed.Ended ? End : count;
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
            ended = true;
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
            // To receive will not say again that it broke, only that it is over.
            ended = true;
        }
        backlog.Arrived();
    }

    // A reset, a peer that vanished and our own Abort are ends like any other.
    static bool IsEnd(Exception e) => e is SocketException or ObjectDisposedException;
}
