namespace Godot.Events;

/// <summary>
/// Parsed events and the bytes that they stand in. Owned by one thread at a time; emptied and filled again, so it settles at a size and
/// allocates no more.
/// </summary>
sealed class Block
{
    public EventRow[] Rows = new EventRow[64];
    public int Count;

    // Where copied events stand, and where the next one goes. Parsed events stand in their reader's bytes, which are lent until the block
    // is cleared.
    byte[] copies = [];
    int used;

    /// <summary>How many bytes stand in it.</summary>
    public int Used => used;

    /// <summary>What the rows' texts stand in.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>The <paramref name="index"/>-th event.</summary>
    public EventView this[int index] => new(in Rows[index], in Bytes[Rows[index].Start]);

    /// <summary>Empties the block and lends it the bytes that the next rows stand in; it will not write to them.</summary>
    public void Attach(byte[] bytes)
    {
        Count = 0;
        (Bytes, used) = (bytes, bytes.Length);
    }

    /// <summary>A row at the end; what stands in it is an older event's.</summary>
    public ref EventRow Add()
    {
        if (Count == Rows.Length) Array.Resize(ref Rows, Count * 2);
        return ref Rows[Count++];
    }

    /// <summary>Copies an event, its row and its bytes, and returns its index.</summary>
    public int Add(EventView e)
    {
        ReadOnlySpan<byte> text = e.Bytes;
        if (Bytes.Length - used < text.Length) Grow(text.Length);
        text.CopyTo(Bytes.AsSpan(used));
        ref EventRow row = ref Add();
        row = e.Row;
        row.Start = used;
        used += text.Length;
        return Count - 1;
    }

    /// <summary>Empties the block.</summary>
    public void Clear()
    {
        Count = used = 0;
        Bytes = copies;
    }

    // Lent bytes count as full: an event copied among parsed ones takes all of them along into the block's own.
    void Grow(int more)
    {
        byte[] grown = new byte[Math.Max(used + more, Math.Max(4096, Bytes.Length * 2))];
        Bytes.AsSpan(0, used).CopyTo(grown);
        Bytes = copies = grown;
    }
}
