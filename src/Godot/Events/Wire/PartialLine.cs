using System.Buffers;

namespace Godot.Events;

/// <summary>
/// What has come of a connection's line while its end has not, kept while others use the reader. A connection at rest, whose last line is
/// complete, keeps no bytes.
/// </summary>
sealed class PartialLine
{
    byte[] bytes = [];

    public int Length { get; private set; }

    /// <summary>
    /// A line of another protocol ends the stream (<see cref="OtherProtocol"/>). False where each line may come from somebody else.
    /// </summary>
    public bool EndsAtOtherProtocol { get; init; }

    /// <summary>Something of the stream was read.</summary>
    public bool Begun { get; set; }

    /// <summary>The memory that it takes, in bytes.</summary>
    public int Capacity => bytes.Length;

    /// <summary>The line is too long: its rest is of no interest.</summary>
    public bool Skipping { get; set; }

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> more)
    {
        if (Length + more.Length > bytes.Length) Grow(Length + more.Length);
        more.CopyTo(bytes.AsSpan(Length));
        Length += more.Length;
    }

    public void Clear()
    {
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        (bytes, Length) = ([], 0);
    }

    // Twofold, so that a line which comes byte by byte costs no more for each, however long it is.
    void Grow(int needed)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, bytes.Length * 2));
        Bytes.CopyTo(larger);
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
