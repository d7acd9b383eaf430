using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Godot;

/// <summary>
/// For each byte of a buffer, whether a JSON string cannot simply go on there: a quote, a backslash, a control character, or a byte that is not ASCII.
/// Made in one pass, 64 bytes at a time; then the end of a string is a count of zero bits.
/// </summary>
sealed class StringMarks
{
    const int Word = 64;

    ulong[] words = [];

    public ref byte First => ref Unsafe.As<ulong, byte>(ref MemoryMarshal.GetArrayDataReference(words));

    /// <summary>Marks the bytes from one place up to another, and what stands in the words around.</summary>
    public void Cover(byte[] buffer, int from, int to)
    {
        if (words.Length <= buffer.Length / Word) words = new ulong[buffer.Length / Word + 2];
        ref byte bytes = ref MemoryMarshal.GetArrayDataReference(buffer);
        for (int word = from / Word; word <= to / Word; word++) words[word] = Of(ref Unsafe.Add(ref bytes, word * Word));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Of(ref byte text)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<byte> bytes = Vector512.LoadUnsafe(ref text);
            return (Vector512.Equals(bytes, Vector512.Create((byte)'"')) | Vector512.Equals(bytes, Vector512.Create((byte)'\\'))
                | Vector512.LessThan(bytes.AsSByte(), Vector512.Create((sbyte)' ')).AsByte()).ExtractMostSignificantBits();
        }
        return Of(Vector256.LoadUnsafe(ref text)) | (ulong)Of(Vector256.LoadUnsafe(ref text, 32)) << 32;
    }

    static uint Of(Vector256<byte> bytes) => (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
        | Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)' ')).AsByte()).ExtractMostSignificantBits();
}
