using Godot.Events;

namespace Godot.Bench;

static class HandOver
{
    /// <summary>Gives a reader as many bytes as it has room for, as a socket would; returns the others.</summary>
    public static ReadOnlySpan<byte> Receive(this JsonLines lines, ReadOnlySpan<byte> bytes)
    {
        Span<byte> free = lines.Free.Span;
        int count = Math.Min(free.Length, bytes.Length);
        bytes[..count].CopyTo(free);
        lines.Received(count);
        return bytes[count..];
    }
}
