using System.Buffers;
using Godot.Events;

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

    // The oldest chunk, once the writer has asked for it. While it writes, nobody else may touch it.
    Chunk? oldest;
    bool writing;

    readonly Stack<Chunk> spare = new();
    Chunk filling = new(ChunkSize);

    // Where the line that is being written has come to; it began at filling.End.
    int cursor;

    /// <summary>The bytes of all lines, their newlines counted.</summary>
    public long Length { get; private set; }

    /// <summary>
    /// Writes a line at the end of the queue, where it belongs to it only after <see cref="Commit"/>. Returns its length.
    /// </summary>
    /// <param name="host">What an event without a host begins with: an opening brace and the member; empty: it goes without.</param>
    public int Append(Event e, ReadOnlySpan<byte> host = default)
    {
        cursor = filling.End;
        if (host.IsEmpty || e.Host is not null)
        {
            e.WriteTo(this);
        }
        else
        {
            // The brace that the event's own members begin with becomes the comma after the host.
            this.Write(host);
            int begun = cursor - filling.End;
            e.WriteTo(this);
            Span<byte> members = filling.Bytes.AsSpan(filling.End + begun, cursor - filling.End - begun);
            members[0] = (byte)',';
            if (members.Length == 2) filling.Bytes[--cursor - 1] = (byte)'}';
        }
        EventWriter.OneLine(filling.Bytes.AsSpan(filling.End, cursor - filling.End));
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

    /// <summary>
    /// The lines of the oldest chunk, one after the other; empty if there are none. They stay until they are removed, and are not touched
    /// until <see cref="Remove"/> or <see cref="TakeBack"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Oldest()
    {
        oldest ??= NextChunk();
        if (oldest is null) return default;
        writing = true;
        return oldest.Bytes.AsMemory(oldest.Start, oldest.End - oldest.Start);
    }

    /// <summary>Removes whole lines from the front of what <see cref="Oldest"/> returned.</summary>
    public void Remove(int length)
    {
        writing = false;
        Advance(ref oldest, length);
    }

    /// <summary>Whoever asked for the oldest lines does not look at them any more.</summary>
    public void TakeBack() => writing = false;

    /// <summary>Removes the oldest line that nobody writes just now. False if there is none.</summary>
    public bool RemoveLine()
    {
        if (!writing)
        {
            oldest ??= NextChunk();
            if (oldest is null) return false;
            Advance(ref oldest, oldest.FirstLine);
            return true;
        }
        if (full.Count == 0 && !filling.IsEmpty) StartChunk(0);
        if (!full.TryPeek(out Chunk? next)) return false;
        Chunk? left = next;
        Advance(ref left, next.FirstLine);
        if (left is null) full.Dequeue();
        return true;
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        full.Clear();
        oldest = null;
        writing = false;
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

    // The first of the chunks behind the oldest; null if there are no more lines.
    Chunk? NextChunk()
    {
        if (full.Count == 0 && !filling.IsEmpty) StartChunk(0);
        return full.TryDequeue(out Chunk? next) ? next : null;
    }

    void Advance(ref Chunk? chunk, int length)
    {
        chunk!.Start += length;
        Length -= length;
        if (!chunk.IsEmpty) return;
        Keep(chunk);
        chunk = null;
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

        public int FirstLine => Bytes.AsSpan(Start, End - Start).IndexOf((byte)'\n') + 1;
    }
}
