using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>
/// Shows lines of JSON at a terminal: with an escape for every character that it would act upon, or that nobody would see. Each write is of
/// whole lines.
/// </summary>
sealed class TerminalJson(Stream terminal) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer) =>
        terminal.Write(Encoding.UTF8.GetBytes(PlainText.Json(Encoding.UTF8.GetString(buffer))));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => terminal.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) terminal.Dispose();
        base.Dispose(disposing);
    }
}
