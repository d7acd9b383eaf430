using System.Buffers;

namespace Godot;

/// <summary>Events as lines of JSON, oldest first, in chunks of 64 KiB: a chunk is what one write carries, and no line spans two.</summary>
/// <remarks>
/// Not thread-safe. Emptied chunks are kept for the next lines, so that nothing is allocated once the queue has been as long as it gets.
/// A line that is longer than a chunk gets one of its own.
/// </remarks>
sealed class LineQueue : IBufferWriter<byte>
{
    const int ChunkSize = 64 * 1024;
    const int SmallestSpan = 256;

    readonly Queue<Chunk> full = new();
    readonly Stack<Chunk> spare = new();
    Chunk filling = new(ChunkSize);

    // Where the line that is being written has come to; it began at filling.End.
    int cursor;

    /// <summary>The bytes of all lines, their newlines counted.</summary>
    public long Length { get; private set; }

    /// <summary>Writes a line at the end of the queue, where it belongs to it only after <see cref="Commit"/>. Returns its length.</summary>
    public int Append(Event e)
    {
        cursor = filling.End;
        e.WriteTo(this);
        // An event that was parsed from indented JSON is written as it came. Between the members a space says the same.
        filling.Bytes.AsSpan(filling.End, cursor - filling.End).Replace((byte)'\n', (byte)' ');
        MakeRoom(1);
        filling.Bytes[cursor++] = (byte)'\n';
        return cursor - filling.End;
    }

    /// <summary>Keeps the line that was appended last. Without it, the next <see cref="Append"/> overwrites that line.</summary>
    public void Commit()
    {
        Length += cursor - filling.End;
        filling.End = cursor;
        if (filling.Bytes.Length > ChunkSize) StartChunk(0);
    }

    /// <summary>The lines of the oldest chunk, one after the other; empty if there are none. They stay until they are removed.</summary>
    public ReadOnlyMemory<byte> Oldest()
    {
        if (full.Count == 0)
        {
            if (filling.IsEmpty) return default;
            StartChunk(0);
        }
        Chunk oldest = full.Peek();
        return oldest.Bytes.AsMemory(oldest.Start, oldest.End - oldest.Start);
    }

    /// <summary>Removes whole lines from the front of what <see cref="Oldest"/> returned.</summary>
    public void Remove(int length)
    {
        Chunk oldest = full.Peek();
        oldest.Start += length;
        Length -= length;
        if (oldest.IsEmpty) Keep(full.Dequeue());
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        full.Clear();
        filling.Start = filling.End = 0;
        Length = 0;
    }

    void IBufferWriter<byte>.Advance(int count) => cursor += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        MakeRoom(Math.Max(sizeHint, SmallestSpan));
        return filling.Bytes.AsMemory(cursor);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        MakeRoom(Math.Max(sizeHint, SmallestSpan));
        return filling.Bytes.AsSpan(cursor);
    }

    void MakeRoom(int size)
    {
        if (filling.Bytes.Length - cursor < size) StartChunk(size);
    }

    // What there is of an uncommitted line moves along, so that it stays in one piece.
    void StartChunk(int room)
    {
        int begun = cursor - filling.End;
        Chunk next = TakeChunk(begun + Math.Max(room, begun));
        filling.Bytes.AsSpan(filling.End, begun).CopyTo(next.Bytes);
        if (filling.IsEmpty) Keep(filling);
        else full.Enqueue(filling);
        filling = next;
        cursor = begun;
    }

    Chunk TakeChunk(int size) => size > ChunkSize ? new(size) : spare.TryPop(out Chunk? chunk) ? chunk : new(ChunkSize);

    void Keep(Chunk chunk)
    {
        chunk.Start = chunk.End = 0;
        if (chunk.Bytes.Length == ChunkSize) spare.Push(chunk);
    }

    sealed class Chunk(int size)
    {
        public readonly byte[] Bytes = GC.AllocateUninitializedArray<byte>(size);
        public int Start, End;

        public bool IsEmpty => Start == End;
    }
}
