using System.Text;
using Godot.Events;

namespace Godot;

/// <summary>
/// The way of one stream's bytes into the engine: decoded, run through every reactor, counted. It goes it with a slot, and keeps nothing
/// between its slots but the beginning of a message. Owned by one thread at a time. Connections and datagrams are received into the slot's
/// own buffer; what an <see cref="EventFeed"/> is handed is copied there.
/// </summary>
/// <param name="end">Ends the stream, from any thread; null where each message may come from somebody else.</param>
sealed class SlotFeed(Input input, Action? end = null)
{
    const int SampleLength = 200;

    readonly InputContext context = input.Context;
    readonly RejectLog rejects = input.Rejects;
    readonly PartialLine line = new() { EndsAtOtherProtocol = end is not null };
    readonly InputCounters counters = input.Counters;
    readonly long[] rejected = new long[input.Counters.Reasons.Count], incomplete = new long[input.Counters.Reasons.Count];
    ReaderSlot slot = null!;
    EventDecoder decoder = null!;
    volatile bool givenUp;
    long held;

    /// <summary>The memory that the beginning of a line takes between its slots, in bytes, and since when (a timestamp).</summary>
    public long Held => Volatile.Read(ref held);
    public long HeldSince { get; private set; }

    /// <summary>A line of another protocol has come, or what cannot be read on: nothing more is wanted.</summary>
    public bool Ended => decoder.Ended;

    /// <summary>The beginning of a message has come, or was given up.</summary>
    public bool IsBegun => line.Length > 0 || line.Skipping || givenUp;

    /// <summary>What follows is with this slot, until <see cref="Leave"/>.</summary>
    public void Enter(ReaderSlot slot)
    {
        this.slot = slot;
        decoder = slot.DecoderOf(input.Decoder);
        decoder.Resume(line);
        decoder.Rejected.CopyTo(rejected);
        decoder.Incomplete.CopyTo(incomplete);
    }

    public void Leave()
    {
        decoder.Suspend(line);
        (slot, decoder) = (null!, null!);
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
    public Memory<byte> Free => decoder.Free;

    /// <summary>Where to put the next datagrams, with one byte to spare behind each.</summary>
    public Memory<byte> FreeForDatagrams => decoder.FreeForDatagrams;

    /// <summary>So many bytes were put there; when this returns, all reactors have seen the events in them.</summary>
    public void Take(int count)
    {
        counters.AddBytes(count);
        decoder.Received(count);
        Run();
    }

    /// <summary>Datagrams of these lengths were put there; when this returns, all reactors have seen the events in them.</summary>
    /// <returns>How many bytes they have.</returns>
    public int Take(ReadOnlySpan<int> datagrams)
    {
        int bytes = 0;
        foreach (int length in datagrams) bytes += length;
        counters.AddBytes(bytes);
        decoder.Received(datagrams);
        Run();
        return bytes;
    }

    /// <summary>Runs events that were made by the input itself, from one of them on, so many at most; returns which is next.</summary>
    public int Take(IReadOnlyList<Event> events, int next, int most)
    {
        Block block = slot.Block;
        block.Clear();
        long arrival = Arrival;
        int until = Math.Min(events.Count, next + most), rejected = 0, reserved = 0;
        for (; next < until; next++)
        {
            Event e = events[next];
            if (IsTooLong(e.Host) || IsTooLong(e.Service))
            {
                rejected++;
                continue;
            }
            if (context.Options.Limits.FromOutside && EventRules.IsReserved(e.Service))
            {
                reserved++;
                continue;
            }
            ref EventRow row = ref block.Rows[block.Add(e)];
            if (!row.Has(FieldSet.Time)) row.Time = arrival;
        }
        if (rejected > 0) counters.AddRejected(RejectReason.NameTooLong, rejected);
        if (reserved > 0) counters.AddRejected(RejectReason.Reserved, reserved);
        RunBlock();
        return next;
    }

    /// <summary>No more bytes will come: what is left is a whole message, or the rest of one is missing.</summary>
    /// <param name="cut">The peer did not end it so: if it is not an event, that is not the peer's fault.</param>
    public void End(bool cut = false)
    {
        if (givenUp)
        {
            counters.AddRejected(RejectReason.Unfinished, 1);
            rejects.Note(RejectReason.Unfinished, line.Bytes[..Math.Min(line.Length, SampleLength)]);
            Forget();
            decoder.Resume(line);
            return;
        }
        decoder.Complete();
        Run(cut);
    }

    /// <summary>What follows is another stream.</summary>
    public void Restart()
    {
        Forget();
        (line.Begun, line.Skipping, givenUp) = (false, false, false);
    }

    /// <summary>The stream is over, however it ended.</summary>
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
        long arrival = Arrival;
        while (decoder.Read(slot.Block, arrival))
        {
            CountRejected();
            RunBlock();
        }
        CountRejected(cut);
    }

    void RunBlock()
    {
        counters.AddReceived(slot.Block.Count);
        int dropped = context.Abandon.IsCancellationRequested ? slot.Block.Count : slot.Run();
        if (dropped > 0) counters.AddDropped(dropped);
    }

    bool IsTooLong(string? name) => name is not null && name.Length * 3L > context.Options.Limits.NameLength
        && Encoding.UTF8.GetByteCount(name) > context.Options.Limits.NameLength;

    long Arrival => EventRules.ToTicks(context.Clock.GetUtcNow());

    void CountRejected(bool cut = false)
    {
        for (int i = 0; i < rejected.Length; i++)
        {
            long more = decoder.Rejected[i] - rejected[i];
            if (more == 0) continue;
            rejected[i] += more;
            RejectReason reason = cut ? RejectReason.Cut : (RejectReason)i;
            counters.AddRejected(reason, more);
            rejects.Note(reason, decoder.Sample((RejectReason)i));
        }
        foreach (RejectReason reason in RejectReasons.OfMembers)
        {
            long more = decoder.Incomplete[(int)reason] - incomplete[(int)reason];
            if (more == 0) continue;
            incomplete[(int)reason] += more;
            counters.AddIncomplete(reason, more);
            rejects.NoteIncomplete(reason, decoder.IncompleteSample(reason));
        }
    }
}
