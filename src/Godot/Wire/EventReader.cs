using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Godot;

/// <summary>Parses lines of JSON into rows. docs/wire.md says what it does where the JSON standard leaves a choice.</summary>
sealed class EventReader(WireLimits limits, Rejects rejects)
{
    // A text that a program holds already may be as long as it likes; what we wrote ourselves, as deep as the scanner goes.
    static readonly WireLimits AnyLength = new(int.MaxValue, int.MaxValue), Ours = AnyLength with { Depth = JsonScanner.Deepest };

    // Rejects of the line that is being read: they count only if all of it is JSON.
    public StringMarks Marks { get; } = new();

    readonly List<(RejectReason Reason, Slice Text)> pending = [];

    /// <summary>
    /// Appends the events of one line, which stands in the block's bytes. A line that is not well-formed adds nothing and is rejected as
    /// a whole; an event that breaks a rule is rejected alone.
    /// </summary>
    /// <param name="arrival">100 ns since the unix epoch: the time of an event that says none.</param>
    /// <exception cref="ArgumentException">The line is not followed by what a <see cref="JsonScanner"/> wants.</exception>
    public void Read(Block block, int start, int length, long arrival)
    {
        byte[] bytes = block.Bytes;
        int end = start + length;
        if (end > bytes.Length - JsonScanner.Padding || bytes[end] >= ' ')
            throw new ArgumentException("A control character and padding must follow the line.", nameof(length));

        JsonScanner json = new(ref MemoryMarshal.GetArrayDataReference(bytes), ref Marks.First, end, limits.Depth);
        ReadOnlySpan<byte> line = bytes.AsSpan(start, length);
        int at = json.Space(line.StartsWith("\uFEFF"u8) ? start + 3 : start);
        if (at == end) return;

        int before = block.Count;
        at = json[at] == (byte)'[' ? Batch(json, block, at, arrival) : One(json, block, at, arrival);
        if (at >= 0 && json.Space(at) == end)
        {
            foreach ((RejectReason reason, Slice text) in pending) rejects.Add(reason, bytes.AsSpan(text.Start, text.Length));
        }
        else
        {
            block.Count = before;
            rejects.Add(!Utf8.IsValid(line) ? RejectReason.NotUtf8 : at == JsonScanner.TooDeep ? RejectReason.TooDeep : RejectReason.NotJson, line);
        }
        pending.Clear();
    }

    /// <summary>Empties a block and reads one line into it, which stands alone.</summary>
    public void Read(Block block, ReadOnlySpan<byte> line, long arrival)
    {
        block.Attach(Padded(line));
        Marks.Cover(block.Bytes, 0, line.Length);
        Read(block, 0, line.Length, arrival);
    }

    /// <summary>A copy of a text, followed by what a <see cref="JsonScanner"/> wants.</summary>
    public static byte[] Padded(ReadOnlySpan<byte> text)
    {
        byte[] bytes = new byte[text.Length + JsonScanner.Padding];
        text.CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads one event.</summary>
    /// <exception cref="FormatException">The text is not one well-formed event; the message says why.</exception>
    public static Event ReadOne(ReadOnlySpan<byte> json)
    {
        Block block = new() { Rows = new EventRow[1] };
        Rejects rejects = new();
        new EventReader(AnyLength, rejects).Read(block, json, WireTime.NotArrived);

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
        new EventReader(Ours, new Rejects()).Read(block, json, arrival);
        return new Event.Encoded(block.Rows[0], block.Bytes);
    }

    int Batch(JsonScanner json, Block block, int at, long arrival)
    {
        at = json.Space(at + 1);
        if (json[at] == (byte)']') return at + 1;
        while (true)
        {
            at = One(json, block, at, arrival);
            if (at < 0) return at;
            at = json.Space(at);
            if (json[at] != (byte)',') break;
            at = json.Space(at + 1);
        }
        return json[at] == (byte)']' ? at + 1 : JsonScanner.Fault;
    }

    int One(JsonScanner json, Block block, int start, long arrival)
    {
        if (json[start] != (byte)'{')
        {
            int end = json.Value(start, around: 0);
            if (end >= 0) pending.Add((RejectReason.NotAnEvent, new Slice(start, end - start)));
            return end;
        }

        ref EventRow row = ref block.Add();
        row.Start = start;
        row.Present = row.Changed = row.Escaped = Parts.None;
        row.Hash = 0;
        EventMembers members = new(json, ref row);
        int at = members.Read(start);
        if (at < 0) return at;
        if (!row.Has(Parts.Time)) row.Time = arrival;
        row.Length = row.Extent = at - start;

        RejectReason? fault = row.Length > limits.EventLength ? RejectReason.TooLong : members.Fault;
        if (fault is { } reason)
        {
            block.Count--;
            pending.Add((reason, new Slice(start, at - start)));
        }
        return at;
    }
}
