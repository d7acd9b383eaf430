using System.Numerics;
using System.Runtime.CompilerServices;

namespace Godot;

/// <summary>Reads eight decimal digits at once, as the bytes of one word (Lemire, Mula: "Number parsing at a gigabyte per second").</summary>
static class Digits
{
    /// <summary>The most digits that are looked at.</summary>
    public const int Most = 16;

    static ReadOnlySpan<uint> Powers => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>The number that a text begins with, and how many digits it has; only if those are fewer than <see cref="Most"/> it is all of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref byte text, out ulong value)
    {
        ulong first = Load(ref text);
        int count = Count(first);
        if (count < 8)
        {
            value = Value(first, count);
            return count;
        }
        ulong second = Load(ref Unsafe.Add(ref text, 8));
        count = Count(second);
        value = Value(first, 8) * Powers[count] + Value(second, count);
        return 8 + count;
    }

    public static int Count(ref byte text) => Count(Load(ref text));

    // The first byte lowest, and a digit as its value.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Load(ref byte text)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(ref text) ^ 0x3030303030303030;
        return BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
    }

    // A byte above nine gets its highest bit from the addition, or has it; what is carried from there spoils only bytes that come later.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Count(ulong word) => BitOperations.TrailingZeroCount((word | (word + 0x7676767676767676)) & 0x8080808080808080) >> 3;

    // What is no digit is shifted out; zeros come in, in front.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Value(ulong word, int count)
    {
        word = count == 0 ? 0 : word << 64 - 8 * count;
        word = word * 10 + (word >> 8);
        return ((word & 0x000000FF_000000FF) * 0x000F4240_00000064 + (word >> 16 & 0x000000FF_000000FF) * 0x00002710_00000001) >> 32;
    }
}
