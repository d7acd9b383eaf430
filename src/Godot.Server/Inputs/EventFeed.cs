using Godot.Events;

namespace Godot;

/// <summary>
/// The way of one connection's bytes into the engine: parsed, run through every reactor, counted. It goes it with a slot, and keeps nothing between its slots
/// but the beginning of a line. Owned by one thread at a time.
/// </summary>
/// <param name="end">Ends the connection, from any thread; null where each line may come from somebody else.</param>
sealed class EventFeed(InputContext context, InputCounters counters, RejectLog rejects, Action? end = null)
{
    const int SampleLength = 200;

    readonly PartialLine line = new() { EndsAtOtherProtocol = end is not null };
    readonly long[] rejected = new long[RejectReasons.Names.Length], incomplete = new long[RejectReasons.Names.Length];
    ReaderSlot slot = null!;
    volatile bool givenUp;
    long held;

    /// <summary>The memory that the beginning of a line takes between its slots, in bytes, and since when (a timestamp).</summary>
    public long Held => Volatile.Read(ref held);
    public long HeldSince { get; private set; }

    /// <summary>A line of another protocol has come: nothing more is wanted.</summary>
    public bool Ended => slot.Lines.Ended;

    /// <summary>What follows is with this slot, until <see cref="Leave"/>.</summary>
    public void Enter(ReaderSlot slot)
    {
        this.slot = slot;
        slot.Lines.Resume(line);
        slot.Lines.Rejected.CopyTo(rejected);
        slot.Lines.Incomplete.CopyTo(incomplete);
    }

    public void Leave()
    {
        slot.Lines.Suspend(line);
        slot = null!;
        if (line.Capacity != held) Hold(line.Capacity);
        // Only now, if it was given up before it held this.
        if (givenUp) Forget();
    }

    /// <summary>From any thread: the beginning of a line is not waited for any longer, and the connection ends.</summary>
    public void GiveUp()
    {
        givenUp = true;
        Hold(0);
        end!();
    }

    /// <summary>Where to put the next bytes.</summary>
    public Memory<byte> Free => slot.Lines.Free;

    /// <summary>So many bytes were put there; when this returns, all reactors have seen the events in them.</summary>
    public void Take(int count)
    {
        counters.AddBytes(count);
        slot.Lines.Received(count);
        Run();
    }

    /// <summary>No more bytes will come: what is left without a newline is a line too.</summary>
    /// <param name="cut">The peer did not end it so: if it is no event, that is not the peer's fault.</param>
    public void End(bool cut = false)
    {
        if (givenUp)
        {
            counters.AddRejected(RejectReason.Unfinished, 1);
            rejects.Note(RejectReason.Unfinished, line.Bytes[..Math.Min(line.Length, SampleLength)]);
            Forget();
            slot.Lines.Resume(line);
            return;
        }
        slot.Lines.Complete();
        Run(cut);
    }

    /// <summary>The connection is over, however it ended.</summary>
    public void Close()
    {
        context.Unfinished.Remove(this);
        Forget();
    }

    void Hold(long bytes)
    {
        if (held == 0) HeldSince = context.Clock.GetTimestamp();
        context.Unfinished.Change(bytes - Interlocked.Exchange(ref held, bytes));
    }

    void Forget()
    {
        line.Clear();
        Hold(0);
    }

    void Run(bool cut = false)
    {
        long arrival = EventRules.ToTicks(context.Clock.GetUtcNow());
        while (slot.Lines.Read(slot.Block, arrival))
        {
            counters.AddReceived(slot.Block.Count);
            CountRejected();
            int dropped = context.Abandon.IsCancellationRequested ? slot.Block.Count : slot.Run();
            if (dropped > 0) counters.AddDropped(dropped);
        }
        CountRejected(cut);
    }

    void CountRejected(bool cut = false)
    {
        JsonLines lines = slot.Lines;
        for (int i = 0; i < rejected.Length; i++)
        {
            long more = lines.Rejected[i] - rejected[i];
            if (more == 0) continue;
            rejected[i] += more;
            RejectReason reason = cut ? RejectReason.Cut : (RejectReason)i;
            counters.AddRejected(reason, more);
            rejects.Note(reason, lines.Sample((RejectReason)i));
        }
        foreach (RejectReason reason in RejectReasons.OfMembers)
        {
            long more = lines.Incomplete[(int)reason] - incomplete[(int)reason];
            if (more == 0) continue;
            incomplete[(int)reason] += more;
            counters.AddIncomplete(reason, more);
            rejects.NoteIncomplete(reason, lines.IncompleteSample(reason));
        }
    }
}
