using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Godot.Events;

/// <summary>Parses lines of JSON into rows. docs/wire.md says what it does where the JSON standard leaves a choice.</summary>
/// <param name="rejects">Counts what is not an event.</param>
/// <param name="incomplete">Counts events that are kept without a member; null: nobody does.</param>
sealed class EventReader(WireLimits limits, Rejects rejects, Rejects? incomplete = null)
{
    // A text that a program holds already may be as long as it likes, and whoever wrote it is told what is wrong; what we wrote ourselves,
    // as deep as the scanner goes.
    static readonly WireLimits AnyLength = new(int.MaxValue, int.MaxValue, NameLength: int.MaxValue, Strict: true),
        Ours = AnyLength with { Depth = JsonScanner.Deepest, Strict = false };

    // An event that is no longer than this breaks no rule of length.
    readonly int harmless = Math.Min(limits.EventLength, limits.NameLength);

    // What is to be counted of the line that is being read: only if all of it is JSON.
    readonly List<(Rejects? Where, RejectReason Reason, Slice Text)> pending = [];

    /// <summary>The marks of the bytes that lines stand in; they must cover a line, and the byte behind it, before it is read.</summary>
    public StructuralIndex Marks { get; } = new();

    /// <summary>
    /// Appends the events of one line, which stands in the block's bytes. A line that is not well-formed adds nothing and is rejected as
    /// a whole; an event that breaks a rule is rejected alone, or kept without the member that does.
    /// </summary>
    /// <param name="arrival">100 ns since the unix epoch: the time of an event that says none.</param>
    /// <exception cref="ArgumentException">The line is not followed by what a <see cref="JsonScanner"/> wants.</exception>
    public void Read(Block block, int start, int length, long arrival)
    {
        byte[] bytes = block.Bytes;
        int end = start + length;
        if (end > bytes.Length - JsonScanner.Padding || bytes[end] >= ' ')
            throw new ArgumentException("A control character and padding must follow the line.", nameof(length));

        JsonScanner json = new(ref MemoryMarshal.GetArrayDataReference(bytes), ref Marks.Strings, end, limits.Depth);
        int before = block.Count;
        int at = json[start] == (byte)'{' ? One(in json, block, start, arrival)
            : AnyLine(in json, block, bytes.AsSpan(start, length), start, arrival);
        if (at != end) at = at < 0 ? at : json.Space(at);
        if (at != end || pending.Count > 0) Reject(block, before, start, end, at);
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
        if (reason >= 0) throw new FormatException($"The text is not an event: {((RejectReason)reason).Name()}.");
        if (block.Count != 1 || json[..block.Rows[0].Start].Contains((byte)'['))
            throw new FormatException($"The text must be one event, not a batch or nothing: {RejectReason.NotAnEvent.Name()}.");
        // It is forwarded as it stands.
        EventWriter.OneLine(block.Bytes);
        return new Event(block[0]);
    }

    /// <summary>Reads back an event that we wrote.</summary>
    public static Event.Encoded ReadOurs(ReadOnlySpan<byte> json, long arrival)
    {
        Block block = new() { Rows = new EventRow[1] };
        OfOurs().Read(block, json, arrival);
        return new Event.Encoded(block[0]);
    }

    /// <summary>A reader of events that were read before.</summary>
    public static EventReader OfOurs() => new(Ours, new Rejects());

    /// <summary>
    /// Reads the event that stands at the beginning of a text, which is in the block's bytes; other texts may stand behind it.
    /// </summary>
    public void ReadFirst(Block block, int start, int length)
    {
        Marks.Cover(block.Bytes, start, start + length);
        One(new JsonScanner(ref MemoryMarshal.GetArrayDataReference(block.Bytes), ref Marks.Strings, start + length, limits.Depth), block,
            start, WireTime.NotArrived);
    }

    // Spaces or a byte order mark first, a batch, nothing, or no event.
    int AnyLine(in JsonScanner json, Block block, ReadOnlySpan<byte> line, int start, long arrival)
    {
        int at = json.Space(line.StartsWith("\uFEFF"u8) ? start + 3 : start);
        if (at == start + line.Length) return at;
        return json[at] == (byte)'[' ? Batch(in json, block, at, arrival) : One(in json, block, at, arrival);
    }

    int Batch(in JsonScanner json, Block block, int at, long arrival)
    {
        at = json.Space(at + 1);
        if (json[at] == (byte)']') return at + 1;
        do at = One(in json, block, json.Space(at), arrival);
        while (json.Comma(at, out at));
        return at < 0 ? at : json[at] == (byte)']' ? at + 1 : JsonScanner.Fault;
    }

    int One(in JsonScanner json, Block block, int start, long arrival)
    {
        if (json[start] != (byte)'{') return NoEvent(json, start);
        ref EventRow row = ref block.Add();
        row.Start = start;
        row.Present = row.Changed = row.Escaped = FieldSet.None;
        row.Hash = 0;
        EventMembers members = new(json, ref row);
        int at = members.Read(start);
        if (at < 0) return at;
        if (!row.Has(FieldSet.Time)) row.Time = arrival;
        row.Length = row.Extent = at - start;
        // Of a thousand services few begin as those do that are refused.
        bool odd = row.Has(FieldSet.Service) && json[start + row.Service.Start] is (byte)'g' or (byte)'\\';
        if (members.Fault is not null || row.Length > harmless || odd) Fault(block, in members, new Slice(start, at - start));
        return at;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Fault(Block block, in EventMembers members, Slice text)
    {
        ref readonly EventRow row = ref block.Rows[block.Count - 1];
        RejectReason? why = text.Length > limits.EventLength ? RejectReason.TooLong
            : HasLongName(in row, block.Bytes.AsSpan(row.Start)) ? RejectReason.NameTooLong
            : limits.FromOutside && IsReserved(in row, block.Bytes.AsSpan(row.Start)) ? RejectReason.Reserved
            : limits.Strict ? members.Fault : members.Fatal;
        if (why is { } reason)
        {
            block.Count--;
            pending.Add((rejects, reason, text));
        }
        else if (members.LeftOut is { } leftOut)
        {
            pending.Add((incomplete, leftOut, text));
        }
    }

    bool HasLongName(ref readonly EventRow row, ReadOnlySpan<byte> e) =>
        (row.Has(FieldSet.Host) && IsTooLong(e.Slice(row.Host.Start, row.Host.Length), (row.Escaped & FieldSet.Host) != 0))
        || (row.Has(FieldSet.Service) && IsTooLong(e.Slice(row.Service.Start, row.Service.Length), (row.Escaped & FieldSet.Service) != 0));

    bool IsTooLong(ReadOnlySpan<byte> name, bool escaped) =>
        name.Length > limits.NameLength && (!escaped || JsonText.Unescape(name, new byte[name.Length]) > limits.NameLength);

    static bool IsReserved(ref readonly EventRow row, ReadOnlySpan<byte> e)
    {
        if (!row.Has(FieldSet.Service)) return false;
        ReadOnlySpan<byte> service = e.Slice(row.Service.Start, row.Service.Length);
        if ((row.Escaped & FieldSet.Service) == 0) return service.StartsWith(EventRules.Reserved);
        byte[] unescaped = new byte[service.Length];
        return unescaped.AsSpan(0, JsonText.Unescape(service, unescaped)).StartsWith(EventRules.Reserved);
    }

    int NoEvent(JsonScanner json, int start)
    {
        int end = json.Value(start, around: 0);
        if (end >= 0) pending.Add((rejects, RejectReason.NotAnEvent, new Slice(start, end - start)));
        return end;
    }

    void Reject(Block block, int before, int start, int end, int at)
    {
        if (at == end)
        {
            foreach ((Rejects? where, RejectReason reason, Slice text) in pending) where?.Add(reason,
                block.Bytes.AsSpan(text.Start, text.Length));
        }
        else
        {
            ReadOnlySpan<byte> line = block.Bytes.AsSpan(start, end - start);
            block.Count = before;
            rejects.Add(!Utf8.IsValid(line) ? RejectReason.NotUtf8 : at == JsonScanner.TooDeep ? RejectReason.TooDeep
                : RejectReason.NotJson, line);
        }
        pending.Clear();
    }
}
