using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Godot;

/// <summary>
/// The last event of a key, kept by a stage in its state; its bytes stand in the stage's records. Of its row, only what the text does not say is kept: the text
/// is read again by the few who look at it.
/// </summary>
struct Kept
{
    // The members that were changed, and those that have a value.
    const int HeadBytes = 2 * sizeof(Parts);

    // Of a longer one, the rest is left to the processor, which sees what comes next.
    const int Ordinary = 384 / sizeof(uint);

    // A record is a head, a value for each part that the text does not say, and the event's bytes; behind it may be what is left of an older one.
    // No room: nothing is kept.
    int place, room;

    /// <summary>Keeps an event instead of the one before, in its place if it fits.</summary>
    /// <param name="records">Where the events of all keys stand; always the same.</param>
    public void Set(EventView e, Lists<uint> records)
    {
        ref readonly EventRow row = ref e.Row;
        ReadOnlySpan<byte> text = e.Bytes;
        Parts beside = Beside(row.Changed, row.Present);
        MakeRoom((HeadBytes + ValueBytes(beside) + text.Length + sizeof(uint) - 1) / sizeof(uint), records);
        Span<byte> record = Record(records);
        MemoryMarshal.Write(record, row.Changed);
        MemoryMarshal.Write(record[sizeof(Parts)..], row.Present);
        Span<byte> rest = record[HeadBytes..];
        for (; beside != Parts.None; beside = Rest(beside))
        {
            MemoryMarshal.Write(rest, ValueOf(in row, First(beside)));
            rest = rest[sizeof(long)..];
        }
        text.CopyTo(rest);
    }

    /// <summary>The event; valid as long as one that is handed to a stage.</summary>
    public readonly EventView View(Lists<uint> records)
    {
        ReadOnlySpan<byte> record = Record(records);
        Parts changed = MemoryMarshal.Read<Parts>(record), present = MemoryMarshal.Read<Parts>(record[sizeof(Parts)..]);
        Parts beside = Beside(changed, present);
        ReadOnlySpan<byte> values = record[HeadBytes..], text = values[ValueBytes(beside)..];
        EventView e = Scratch.Read(text);
        ref EventRow row = ref Unsafe.AsRef(in e.Row);
        (row.Changed, row.Present) = (changed, present);
        for (; beside != Parts.None; beside = Rest(beside))
        {
            SetValue(ref row, First(beside), MemoryMarshal.Read<long>(values), text);
            values = values[sizeof(long)..];
        }
        return e;
    }

    /// <summary>Brings it near.</summary>
    public readonly void Prefetch(Lists<uint> records) => records.Prefetch(place, 0, Math.Min(room, Ordinary));

    /// <summary>Gives back its room; nothing is kept then.</summary>
    public void Clear(Lists<uint> records)
    {
        if (room > 0) records.GiveBack(place, room);
        this = default;
    }

    readonly Span<byte> Record(Lists<uint> records) => MemoryMarshal.AsBytes(records[place, room]);

    void MakeRoom(int needed, Lists<uint> records)
    {
        // Much too large is given back: one long description must not stay for ever.
        if (needed <= room && room / 4 <= needed) return;
        Clear(records);
        room = Lists<uint>.RoomFor(needed);
        place = records.Take(room);
    }

    // An event that does not say its time has that of its arrival.
    static Parts Beside(Parts changed, Parts present) => changed | (~present & Parts.Time);

    static int ValueBytes(Parts parts) => sizeof(long) * BitOperations.PopCount((uint)parts);

    static Parts First(Parts parts) => parts & (Parts)(-(int)parts);

    static Parts Rest(Parts parts) => parts & (Parts)((int)parts - 1);

    static long ValueOf(ref readonly EventRow row, Parts part) => part switch
    {
        Parts.Metric => BitConverter.DoubleToInt64Bits(row.Metric),
        Parts.Time => row.Time,
        Parts.Ttl => row.Ttl,
        _ => (long)row.Text(part).Start << 32 | (uint)row.Text(part).Length,
    };

    static void SetValue(ref EventRow row, Parts part, long value, ReadOnlySpan<byte> text)
    {
        switch (part)
        {
            case Parts.Metric: row.Metric = BitConverter.Int64BitsToDouble(value); break;
            case Parts.Time: row.Time = value; break;
            case Parts.Ttl: row.Ttl = value; break;
            case var none when !row.Has(none): break;
            default:
                Slice slice = new((int)(value >> 32), (int)value);
                bool isString = part is not (Parts.Tags or Parts.Meta);
                row.SetText(part, slice, escaped: isString && text.Slice(slice.Start, slice.Length).Contains((byte)'\\'));
                row.Extent = Math.Max(row.Extent, slice.Start + slice.Length);
                break;
        }
    }
}
