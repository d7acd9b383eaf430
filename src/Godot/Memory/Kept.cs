using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Godot;

/// <summary>The last event of a key, kept by a stage in its state. The next one overwrites it in place if it fits.</summary>
struct Kept
{
    // What most events take, with their rows.
    const int Ordinary = 384;

    static readonly int RowSize = Unsafe.SizeOf<EventRow>();

    // The row, and after it the event's bytes.
    byte[]? memory;

    public void Set(EventView e)
    {
        ReadOnlySpan<byte> text = e.Bytes;
        int size = RowSize + text.Length;
        // Much too large is given back: one long description must not stay for ever.
        if (memory is null || memory.Length < size || memory.Length > 4 * size) memory = GC.AllocateUninitializedArray<byte>(size + text.Length / 8);
        ref EventRow row = ref MemoryMarshal.AsRef<EventRow>(memory.AsSpan());
        row = e.Row;
        row.Start = 0;
        text.CopyTo(memory.AsSpan(RowSize));
    }

    /// <summary>The event; valid until the next <see cref="Set"/>.</summary>
    public readonly EventView View => new(in MemoryMarshal.AsRef<EventRow>((ReadOnlySpan<byte>)memory), in memory![RowSize]);

    /// <summary>Brings it near, if it is not much larger than others.</summary>
    public readonly void Prefetch() => Cache.Prefetch(memory, Ordinary);
}
