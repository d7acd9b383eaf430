using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Godot.Memory;

namespace Godot.Events;

/// <summary>
/// The last event of a key, kept by a stage in its state; its bytes stand in the stage's records. Of its row, only what the text does not
/// say is kept: the text is read again by the few who look at it.
/// </summary>
struct StoredEvent
{
    // The members that were changed, and those that have a value.
    const int HeadBytes = 2 * sizeof(FieldSet);

    // Of a longer one, the rest is left to the processor, which sees what comes next.
    const int Ordinary = 384 / sizeof(uint);

    // A record is a head, a value for each part that the text does not say, and the event's bytes; behind it may be what is left of an
    // older one. No room: nothing is kept.
    int place, room;

    /// <summary>Keeps an event instead of the one before, in its place if it fits.</summary>
    /// <param name="records">Where the events of all keys stand; always the same.</param>
    public void Set(EventView e, ListArena<uint> records)
    {
        ref readonly EventRow row = ref e.Row;
        ReadOnlySpan<byte> text = e.Bytes;
        FieldSet beside = Beside(row.Changed, row.Present);
        MakeRoom((HeadBytes + ValueBytes(beside) + text.Length + sizeof(uint) - 1) / sizeof(uint), records);
        Span<byte> record = Record(records);
        MemoryMarshal.Write(record, row.Changed);
        MemoryMarshal.Write(record[sizeof(FieldSet)..], row.Present);
        Span<byte> rest = record[HeadBytes..];
        for (; beside != FieldSet.None; beside = Rest(beside))
        {
            MemoryMarshal.Write(rest, ValueOf(in row, First(beside)));
            rest = rest[sizeof(long)..];
        }
        text.CopyTo(rest);
    }

    /// <summary>The event; valid as long as one that is handed to a stage.</summary>
    public readonly EventView View(ListArena<uint> records)
    {
        ReadOnlySpan<byte> record = Record(records);
        FieldSet changed = MemoryMarshal.Read<FieldSet>(record), present = MemoryMarshal.Read<FieldSet>(record[sizeof(FieldSet)..]);
        FieldSet beside = Beside(changed, present);
        ReadOnlySpan<byte> values = record[HeadBytes..], text = values[ValueBytes(beside)..];
        EventView e = Scratch.Read(text);
        ref EventRow row = ref Unsafe.AsRef(in e.Row);
        (row.Changed, row.Present) = (changed, present);
        for (; beside != FieldSet.None; beside = Rest(beside))
        {
            SetValue(ref row, First(beside), MemoryMarshal.Read<long>(values), text);
            values = values[sizeof(long)..];
        }
        return e;
    }

    /// <summary>Brings it near.</summary>
    public readonly void Prefetch(ListArena<uint> records) => records.Prefetch(place, 0, Math.Min(room, Ordinary));

    /// <summary>Gives back its room; nothing is kept then.</summary>
    public void Clear(ListArena<uint> records)
    {
        if (room > 0) records.GiveBack(place, room);
        this = default;
    }

    readonly Span<byte> Record(ListArena<uint> records) => MemoryMarshal.AsBytes(records[place, room]);

    void MakeRoom(int needed, ListArena<uint> records)
    {
        // Much too large is given back: one long description must not stay for ever.
        if (needed <= room && room / 4 <= needed) return;
        Clear(records);
        needed = ListArena<uint>.RoomFor(needed);
        (place, room) = (records.Take(needed), needed);
    }

    // An event that does not say its time has that of its arrival.
    static FieldSet Beside(FieldSet changed, FieldSet present) => changed | (~present & FieldSet.Time);

    static int ValueBytes(FieldSet parts) => sizeof(long) * BitOperations.PopCount((uint)parts);

    static FieldSet First(FieldSet parts) => parts & (FieldSet)(-(int)parts);

    static FieldSet Rest(FieldSet parts) => parts & (FieldSet)((int)parts - 1);

    static long ValueOf(ref readonly EventRow row, FieldSet part) => part switch
    {
        FieldSet.Metric => BitConverter.DoubleToInt64Bits(row.Metric),
        FieldSet.Time => row.Time,
        FieldSet.Ttl => row.Ttl,
        _ => (long)row.Text(part).Start << 32 | (uint)row.Text(part).Length,
    };

    static void SetValue(ref EventRow row, FieldSet part, long value, ReadOnlySpan<byte> text)
    {
        switch (part)
        {
            case FieldSet.Metric: row.Metric = BitConverter.Int64BitsToDouble(value); break;
            case FieldSet.Time: row.Time = value; break;
            case FieldSet.Ttl: row.Ttl = value; break;
            case var none when !row.Has(none): break;
            default:
                Slice slice = new((int)(value >> 32), (int)value);
                bool isString = part is not (FieldSet.Tags or FieldSet.Meta);
                row.SetText(part, slice, escaped: isString && text.Slice(slice.Start, slice.Length).Contains((byte)'\\'));
                row.Extent = Math.Max(row.Extent, slice.Start + slice.Length);
                break;
        }
    }
}
