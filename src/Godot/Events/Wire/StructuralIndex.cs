using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Godot.Events;

/// <summary>
/// What one pass over a buffer finds, a bit for each byte: where lines end, and where a JSON string does not simply go on. The end of a
/// line or a string is then a count of zero bits.
/// </summary>
sealed class StructuralIndex
{
    const int Word = 64;

    ulong[] lines = [], strings = [];

    /// <summary>The first of the bits that mark quotes, backslashes, control characters and bytes that are not ASCII.</summary>
    public ref byte Strings => ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetArrayDataReference(strings));

    /// <summary>Looks at the bytes from one place up to another, that one included, and at what stands in the same words.</summary>
    public void Cover(byte[] buffer, int from, int to)
    {
        if (strings.Length <= buffer.Length / Word + 1)
            (lines, strings) = (new ulong[buffer.Length / Word + 2], new ulong[buffer.Length / Word + 2]);
        ref byte bytes = ref MemoryMarshal.GetArrayDataReference(buffer);
        for (int word = from / Word; word <= to / Word; word++) Cover(ref Unsafe.Add(ref bytes, word * Word), word);
    }

    /// <summary>Where the first newline is from one place up to, not including, another; -1 if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Newline(int from, int to)
    {
        int word = from / Word;
        ulong ahead = lines[word] >> from << from;
        while (ahead == 0)
        {
            if (++word > to / Word) return -1;
            ahead = lines[word];
        }
        int at = word * Word + BitOperations.TrailingZeroCount(ahead);
        return at < to ? at : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Cover(ref byte text, int word)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> bytes = Vector512.LoadUnsafe(ref text);
            lines[word] = Vector512.Equals(bytes, Vector512.Create((byte)'\n')).ExtractMostSignificantBits();
            // What is not ASCII is less than zero.
            strings[word] = (Vector512.Equals(bytes, Vector512.Create((byte)'"')) | Vector512.Equals(bytes, Vector512.Create((byte)'\\'))
                | Vector512.LessThan(bytes.AsSByte(), Vector512.Create((sbyte)' ')).AsByte()).ExtractMostSignificantBits();
            return;
        }
        Vector256<byte> low = Vector256.LoadUnsafe(ref text), high = Vector256.LoadUnsafe(ref text, 32);
        lines[word] = Lines(low) | (ulong)Lines(high) << 32;
        strings[word] = StringsOf(low) | (ulong)StringsOf(high) << 32;
    }

    static uint Lines(Vector256<byte> bytes) => Vector256.Equals(bytes, Vector256.Create((byte)'\n')).ExtractMostSignificantBits();

    static uint StringsOf(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
        | Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)' ')).AsByte()).ExtractMostSignificantBits();
}
