namespace Godot;

/// <summary>Parsed events and the bytes that they stand in. Owned by one thread at a time; emptied and filled again, so it settles at a size and allocates no more.</summary>
sealed class Block
{
    public byte[] Bytes = [];
    public EventRow[] Rows = new EventRow[64];
    public int Count;

    // Where the next copied event goes; parsed events stand in bytes that their reader placed.
    int used;

    /// <summary>The <paramref name="index"/>-th event.</summary>
    public EventView this[int index] => new(in Rows[index], in Bytes[Rows[index].Start]);

    /// <summary>A fresh, cleared row at the end.</summary>
    public ref EventRow Add()
    {
        if (Count == Rows.Length) Array.Resize(ref Rows, Count * 2);
        ref EventRow row = ref Rows[Count++];
        row = default;
        return ref row;
    }

    /// <summary>Copies an event, its row and its bytes, and returns its index.</summary>
    public int Add(EventView e)
    {
        ReadOnlySpan<byte> text = e.Bytes;
        if (Bytes.Length - used < text.Length) Array.Resize(ref Bytes, Math.Max(used + text.Length, Math.Max(4096, Bytes.Length * 2)));
        text.CopyTo(Bytes.AsSpan(used));
        ref EventRow row = ref Add();
        row = e.Row;
        row.Start = used;
        used += text.Length;
        return Count - 1;
    }

    public void Clear() => Count = used = 0;
}
