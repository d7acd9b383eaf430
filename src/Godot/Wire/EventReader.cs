using System.Text.Unicode;

namespace Godot;

/// <summary>Parses lines of JSON into rows. docs/wire.md says what it does where the JSON standard leaves a choice.</summary>
sealed class EventReader(WireLimits limits, Rejects rejects)
{
    // A text that a program holds already may be as long as it likes; what we wrote ourselves, as deep as the scanner goes.
    static readonly WireLimits AnyLength = new(int.MaxValue, int.MaxValue), Ours = AnyLength with { Depth = JsonScanner.Deepest };

    // Rejects of the line that is being read: they count only if all of it is JSON.
    readonly List<(RejectReason Reason, Slice Text)> pending = [];

    /// <summary>
    /// Appends the events of one line, which stands in the block's bytes. A line that is not well-formed adds nothing and is rejected as
    /// a whole; an event that breaks a rule is rejected alone.
    /// </summary>
    /// <param name="arrival">100 ns since the unix epoch: the time of an event that says none.</param>
    public void Read(Block block, int start, int length, long arrival)
    {
        ReadOnlySpan<byte> line = block.Bytes.AsSpan(start, length);
        JsonScanner json = new(line, limits.Depth);
        if (line.StartsWith("\uFEFF"u8)) json.At = 3;
        json.SkipSpace();
        if (json.Ended) return;
        if (!Utf8.IsValid(line))
        {
            rejects.Add(RejectReason.NotUtf8, line);
            return;
        }

        int before = block.Count;
        bool wellFormed = json.Next == (byte)'[' ? Batch(ref json, block, start, arrival) : One(ref json, block, start, arrival);
        json.SkipSpace();
        if (wellFormed && json.Ended)
        {
            foreach ((RejectReason reason, Slice text) in pending) rejects.Add(reason, line.Slice(text.Start, text.Length));
        }
        else
        {
            block.Count = before;
            rejects.Add(wellFormed ? RejectReason.NotJson : json.Error, line);
        }
        pending.Clear();
    }

    /// <summary>Reads one event.</summary>
    /// <exception cref="FormatException">The text is not one well-formed event; the message says why.</exception>
    public static Event ReadOne(ReadOnlySpan<byte> json)
    {
        Block block = new() { Rows = new EventRow[1] };
        block.Attach(json.ToArray());
        Rejects rejects = new();
        new EventReader(AnyLength, rejects).Read(block, 0, json.Length, WireTime.NotArrived);

        int reason = rejects.Counts.AsSpan().IndexOfAnyExcept(0);
        if (reason >= 0) throw new FormatException($"The text is no event: {((RejectReason)reason).Name()}.");
        if (block.Count != 1 || json[..block.Rows[0].Start].Contains((byte)'['))
            throw new FormatException($"The text must be one event, not a batch or nothing: {RejectReason.NotAnEvent.Name()}.");
        return new Event(block[0]);
    }

    /// <summary>Reads back an event that we wrote.</summary>
    public static Event.Encoded ReadOurs(ReadOnlySpan<byte> json, long arrival)
    {
        Block block = new() { Rows = new EventRow[1] };
        block.Attach(json.ToArray());
        new EventReader(Ours, new Rejects()).Read(block, 0, json.Length, arrival);
        return new Event.Encoded(block.Rows[0], block.Bytes);
    }

    bool Batch(ref JsonScanner json, Block block, int start, long arrival)
    {
        json.At++;
        if (json.Take((byte)']')) return true;
        do
        {
            json.SkipSpace();
            if (!One(ref json, block, start, arrival)) return false;
        }
        while (json.Take((byte)','));
        return json.Take((byte)']');
    }

    bool One(ref JsonScanner json, Block block, int start, long arrival)
    {
        int first = json.At;
        if (json.Next != (byte)'{')
        {
            if (!json.Value(around: 0)) return false;
            pending.Add((RejectReason.NotAnEvent, new Slice(first, json.At - first)));
            return true;
        }

        ref EventRow row = ref block.Add();
        row.Start = start + first;
        json.Origin = first;
        EventMembers members = new(ref row);
        if (!members.Read(ref json)) return false;
        if (!row.Has(Parts.Time)) row.Time = arrival;
        row.Length = row.Extent = json.At - first;

        RejectReason? fault = row.Length > limits.EventLength ? RejectReason.TooLong : members.Fault;
        json.Origin = 0;
        if (fault is { } reason)
        {
            block.Count--;
            pending.Add((reason, new Slice(first, json.At - first)));
        }
        return true;
    }
}
