using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;

namespace Godot.Storage;

/// <summary>Passes on what is written, and knows its checksum.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "Whoever made the stream that this writes to ends it.")]
sealed class ChecksumStream(Stream inner) : Stream
{
    public const int Size = 16;

    readonly XxHash128 hash = new();
    long written;

    /// <summary>The checksum of a number of bytes from where a stream stands.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static byte[] Of(Stream stream, long count)
    {
        XxHash128 hash = new();
        byte[] buffer = new byte[1 << 16];
        while (count > 0)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, count));
            if (read == 0) throw new EndOfStreamException();
            hash.Append(buffer.AsSpan(0, read));
            count -= read;
        }
        return hash.GetCurrentHash();
    }

    public byte[] Checksum => hash.GetCurrentHash();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => written;

    public override long Position
    {
        get => written;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.Append(buffer);
        inner.Write(buffer);
        written += buffer.Length;
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
