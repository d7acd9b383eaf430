using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Godot;

/// <summary>
/// Writes to a pipe that another program reads, and fails when that has ended. The console's own stream drops without a word what nobody
/// reads: the command would go on for ever.
/// </summary>
sealed class PipeOutput(SafeFileHandle pipe) : Stream
{
    // So much at once a pipe takes as a whole or not at all.
    const int AtOnce = 4096;

    // What the system says, as the runtime hands it on: nobody reads any more; there is no room at the moment, and the other program had
    // the pipe not wait for it.
    const int BrokenPipe = 32;
    static readonly int TryAgain = RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? 11 : 35;

    readonly FileStream pipe = new(pipe, FileAccess.Write, bufferSize: 0);

    /// <summary>The process's output, if it is a pipe; null if it is a terminal or a file, or on Windows.</summary>
    public static PipeOutput? OfProcess()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return null;
        SafeFileHandle output = new(1, ownsHandle: false);
        PipeOutput pipe = new(output);
        return pipe.pipe.CanSeek ? null : pipe;
    }

    /// <summary>True if an error says that nobody reads what is written any more: <c>godot tail | head</c> has seen enough.</summary>
    public static bool IsEndOfReader(IOException error) => error.HResult == BrokenPipe;

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        SpinWait wait = default;
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> next = bytes[..Math.Min(AtOnce, bytes.Length)];
            try
            {
                pipe.Write(next);
                bytes = bytes[next.Length..];
            }
            catch (IOException e) when (e.HResult == TryAgain)
            {
                wait.SpinOnce();
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override bool CanWrite => true;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
