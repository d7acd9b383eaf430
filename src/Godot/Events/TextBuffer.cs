namespace Godot.Events;

/// <summary>Bytes that are put one behind the other; emptied and filled again, so it settles at a size and allocates no more.</summary>
sealed class TextBuffer
{
    byte[] bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    public ref readonly byte First => ref bytes[0];

    public void Add(byte value)
    {
        if (Length == bytes.Length) Grow(1);
        bytes[Length++] = value;
    }

    public void Add(ReadOnlySpan<byte> more)
    {
        more.CopyTo(Room(more.Length));
        Length += more.Length;
    }

    /// <summary>Room behind what is there, for at least so many bytes; <see cref="Took"/> says how many of them were written.</summary>
    public Span<byte> Room(int least)
    {
        if (bytes.Length - Length < least) Grow(least);
        return bytes.AsSpan(Length);
    }

    public void Took(int count) => Length += count;

    public void Cut(int length) => Length = length;

    void Grow(int more) => Array.Resize(ref bytes, Math.Max(checked(Length + more), bytes.Length * 2));
}
