namespace Godot;

/// <summary>What became of an event that was to be added.</summary>
enum Added
{
    /// <summary>It is in the buffer.</summary>
    Yes,

    /// <summary>The buffer is full; it is worth waiting for room.</summary>
    NotYet,

    /// <summary>It was dropped and counted.</summary>
    Dropped,
}

/// <summary>
/// The events between those who send and the one who writes: bounded, and counted from when they come in to when they are written
/// or dropped. Says what happens when it is full.
/// </summary>
/// <remarks>
/// Any thread may call anything, but only the writer <see cref="Oldest"/>, <see cref="Release"/>, <see cref="Drop"/> and
/// <see cref="Disconnected"/>.
/// </remarks>
/// <param name="size">The most that it holds, in bytes.</param>
/// <param name="dropping">
/// Told, outside of any lock, whenever events were dropped because there was no room, or because they can never be written.
/// </param>
sealed class SendBuffer(int size, WhenFull whenFull, Action dropping)
{
    readonly Lock gate = new();
    readonly LineQueue lines = new();
    readonly Queue<(long UpTo, TaskCompletionSource Done)> flushes = new();

    // The flush that was asked for last.
    TaskCompletionSource? newest;
    long newestUpTo;

    // What senders wait for; null while none does.
    TaskCompletionSource? room;

    // Nobody has taken anything for as long as one waits: to wait once more would be in vain.
    bool stuck;

    Func<Exception>? closed;
    long accepted, sent, dropped;

    // Dropped before they were accepted: they are in no order with the others.
    long refused;

    // Written to a server that read nothing.
    long unsent;

    /// <summary>Set when there is something to write, or when the writer should look up for another reason.</summary>
    public Signal Ready { get; } = new();

    public long Sent => Read(ref sent);

    public long Dropped
    {
        get
        {
            lock (gate) return dropped + refused + unsent;
        }
    }

    /// <summary>Those of the dropped that were written, and not read.</summary>
    public long Unsent => Read(ref unsent);

    public long Pending
    {
        get
        {
            lock (gate) return accepted - Settled;
        }
    }

    /// <summary>Adds an event.</summary>
    /// <param name="host">What an event without a host begins with; see <see cref="LineQueue.Append"/>.</param>
    /// <param name="mayWait">Whether the sender can wait for room.</param>
    /// <param name="free">If it is worth waiting: completes when there is room, or the buffer has changed its mind.</param>
    /// <exception cref="ArgumentException">The event is larger than the buffer.</exception>
    public Added Add(Event e, ReadOnlySpan<byte> host, bool mayWait, out Task free)
    {
        free = Task.CompletedTask;
        bool wasEmpty = false, drops = false, added = true;
        lock (gate)
        {
            ThrowIfClosed();
            int length = lines.Append(e, host);
            if (length > size)
                throw new ArgumentException($"The event takes {length} bytes, more than the client's whole buffer of {size}.", nameof(e));
            if (lines.Length + length > size)
            {
                if (mayWait && (whenFull == WhenFull.Wait || !stuck))
                {
                    free = (room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                    return Added.NotYet;
                }
                drops = true;
                added = whenFull == WhenFull.DropOldest && DropOldest(length);
            }
            if (added)
            {
                wasEmpty = lines.Length == 0;
                lines.Commit();
                accepted++;
            }
            else
            {
                refused++;
            }
        }
        // The writer waits only when it has found nothing.
        if (wasEmpty) Ready.Set();
        if (drops) dropping();
        return added ? Added.Yes : Added.Dropped;
    }

    /// <summary>Somebody has waited in vain: until something is written, nobody needs to.</summary>
    /// <param name="free">What was waited for.</param>
    public void WaitedInVain(Task free)
    {
        lock (gate)
            if (room?.Task == free) stuck = true;
    }

    /// <summary>Completes when all that was added before has been written or dropped; fails if the client ends first.</summary>
    public Task FlushAsync()
    {
        lock (gate)
        {
            ThrowIfClosed();
            if (Settled == accepted) return Task.CompletedTask;
            // Whoever flushes again and again while nothing is written waits for one and the same.
            if (newest is { Task.IsCompleted: false } && newestUpTo == accepted) return newest.Task;
            newest = new(TaskCreationOptions.RunContinuationsAsynchronously);
            newestUpTo = accepted;
            flushes.Enqueue((accepted, newest));
            return newest.Task;
        }
    }

    /// <summary>
    /// The lines to write next, up to 64 KiB; empty if there are none. They stay, in case the write fails, until they are released.
    /// </summary>
    public ReadOnlyMemory<byte> Oldest()
    {
        lock (gate) return lines.Oldest();
    }

    /// <summary>Lets go of lines that were written.</summary>
    public void Release(ReadOnlySpan<byte> written) => Settle(written, ref sent);

    /// <summary>Lets go of lines that cannot be written.</summary>
    public void Drop(ReadOnlySpan<byte> unwritten)
    {
        Settle(unwritten, ref dropped);
        dropping();
    }

    /// <summary>What was sent since there were so many has not arrived: it counts as dropped. Returns how many.</summary>
    public long Unsend(long since)
    {
        lock (gate)
        {
            long count = sent - since;
            sent = since;
            unsent += count;
            return count;
        }
    }

    /// <summary>Somebody may take events now: it is worth waiting for room.</summary>
    public void Connected()
    {
        lock (gate) stuck = false;
    }

    /// <summary>Nobody takes events: it is not worth waiting for room, and who waited goes on.</summary>
    public void Disconnected()
    {
        lock (gate)
        {
            lines.TakeBack();
            stuck = true;
            FreeRoom();
        }
    }

    /// <summary>Drops what is left, and refuses everything from now on.</summary>
    /// <param name="why">Makes the exception that is thrown then.</param>
    public void Close(Func<Exception> why)
    {
        lock (gate)
        {
            closed = why;
            dropped = accepted - sent - unsent;
            lines.Clear();
            while (flushes.TryDequeue(out var flush))
            {
                flush.Done.SetException(why());
                // Whoever stopped waiting for it does not want to hear of it.
                _ = flush.Done.Task.Exception;
            }
            FreeRoom();
        }
    }

    /// <summary>Throws if the client has given up or was disposed.</summary>
    public void ThrowIfClosed()
    {
        if (closed is { } why) throw why();
    }

    // Under the lock.
    long Settled => sent + dropped + unsent;

    void Settle(ReadOnlySpan<byte> whole, ref long counter)
    {
        int events = whole.Count((byte)'\n');
        lock (gate)
        {
            lines.Remove(whole.Length);
            counter += events;
            stuck = false;
            FreeRoom();
            EndFlushes();
        }
    }

    // False if what is just being written leaves too little room; what could be dropped is dropped nonetheless.
    bool DropOldest(int length)
    {
        while (lines.Length + length > size && lines.RemoveLine()) dropped++;
        EndFlushes();
        return lines.Length + length <= size;
    }

    void EndFlushes()
    {
        while (flushes.TryPeek(out var flush) && flush.UpTo <= Settled) flushes.Dequeue().Done.SetResult();
    }

    void FreeRoom()
    {
        room?.SetResult();
        room = null;
    }

    long Read(ref long counter)
    {
        lock (gate) return counter;
    }
}
