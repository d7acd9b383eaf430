namespace Godot;

/// <summary>
/// The events between those who send and the one who writes: bounded, and counted from when they come in to when they are written
/// or dropped. Says what happens when it is full.
/// </summary>
/// <remarks>Any thread may call anything, but only the writer <see cref="Oldest"/>, <see cref="Release"/> and <see cref="Drop"/>.</remarks>
/// <param name="size">The most that it holds, in bytes.</param>
sealed class SendBuffer(int size)
{
    readonly Lock gate = new();
    readonly LineQueue lines = new();
    readonly Queue<(long UpTo, TaskCompletionSource Done)> flushes = new();

    // What senders wait for; null while none does.
    TaskCompletionSource? room;

    // Full, senders wait (connected, or the first attempt is under way), or push out the oldest.
    bool waits = true;

    Func<Exception>? closed;
    long accepted, sent, dropped;

    /// <summary>Set when there is something to write, or when the writer should look up for another reason.</summary>
    public Signal Ready { get; } = new();

    public long Sent => Read(ref sent);

    public long Dropped => Read(ref dropped);

    public long Pending
    {
        get
        {
            lock (gate) return accepted - sent - dropped;
        }
    }

    /// <summary>Adds an event. False: it is full and the event was not added; try again when <paramref name="free"/> has completed.</summary>
    /// <exception cref="ArgumentException">The event is larger than the buffer.</exception>
    public bool TryAdd(Event e, out Task free)
    {
        bool wasEmpty;
        lock (gate)
        {
            ThrowIfClosed();
            int length = lines.Append(e);
            if (length > size) throw new ArgumentException($"The event takes {length} bytes, more than the client's whole buffer of {size}.", nameof(e));
            if (lines.Length + length > size)
            {
                if (waits)
                {
                    free = (room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                    return false;
                }
                DropOldest(length);
            }
            wasEmpty = lines.Length == 0;
            lines.Commit();
            accepted++;
        }
        // The writer waits only when it has found nothing.
        if (wasEmpty) Ready.Set();
        free = Task.CompletedTask;
        return true;
    }

    /// <summary>Completes when all that was added before has been written or dropped; fails if the client ends first.</summary>
    public Task FlushAsync()
    {
        lock (gate)
        {
            ThrowIfClosed();
            if (sent + dropped == accepted) return Task.CompletedTask;
            TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            flushes.Enqueue((accepted, done));
            return done.Task;
        }
    }

    /// <summary>The lines to write next, up to 64 KiB; empty if there are none. They stay, in case the write fails, until they are released.</summary>
    public ReadOnlyMemory<byte> Oldest()
    {
        lock (gate) return lines.Oldest();
    }

    /// <summary>Lets go of lines that were written.</summary>
    public void Release(ReadOnlySpan<byte> written) => Settle(written, ref sent);

    /// <summary>Lets go of lines that cannot be written.</summary>
    public void Drop(ReadOnlySpan<byte> unwritten) => Settle(unwritten, ref dropped);

    /// <summary>From now on senders wait when it is full.</summary>
    public void Connected()
    {
        lock (gate) waits = true;
    }

    /// <summary>From now on the oldest events make room for new ones; who waited for room goes on.</summary>
    public void Disconnected()
    {
        lock (gate)
        {
            waits = false;
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
            dropped = accepted - sent;
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

    void Settle(ReadOnlySpan<byte> whole, ref long counter)
    {
        int events = whole.Count((byte)'\n');
        lock (gate)
        {
            lines.Remove(whole.Length);
            counter += events;
            FreeRoom();
            EndFlushes();
        }
    }

    void DropOldest(int length)
    {
        while (lines.Length + length > size)
        {
            lines.Remove(lines.Oldest().Span.IndexOf((byte)'\n') + 1);
            dropped++;
        }
        EndFlushes();
    }

    void EndFlushes()
    {
        while (flushes.TryPeek(out var flush) && flush.UpTo <= sent + dropped) flushes.Dequeue().Done.SetResult();
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
