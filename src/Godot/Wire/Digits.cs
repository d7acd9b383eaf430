using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Godot;

/// <summary>Reads decimal digits, all at once.</summary>
static class Digits
{
    /// <summary>As many are looked at.</summary>
    public const int Most = 16;

    // From a place in it, which bytes to take so that so many stand at the end, and zeros before them.
    static ReadOnlySpan<byte> ToTheEnd =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ];

    /// <summary>How many digits a text begins with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ref byte text) => Count(Values(ref text));

    /// <summary>How many digits a text begins with, and the number that they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref byte text, out ulong value)
    {
        Vector128<byte> ones = Values(ref text);
        int count = Count(ones);
        Vector128<byte> places = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(ToTheEnd), (uint)count);
        // Both put a zero where there is no such place.
        ones = Ssse3.IsSupported ? Ssse3.Shuffle(ones, places) : Vector128.Shuffle(ones, places);
        // What stands first, at the lower end of a lane, counts more.
        Vector128<ushort> pairs = (ones.AsUInt16() & Vector128.Create((ushort)0xFF)) * 10 + (ones.AsUInt16() >> 8);
        Vector128<uint> fours = (pairs.AsUInt32() & Vector128.Create(0xFFFFu)) * 100 + (pairs.AsUInt32() >> 16);
        ulong high = fours.AsUInt64()[0], low = fours.AsUInt64()[1];
        value = ((uint)high * 10_000UL + (high >> 32)) * 100_000_000 + (uint)low * 10_000UL + (low >> 32);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<byte> Values(ref byte text) => Vector128.LoadUnsafe(ref text) - Vector128.Create((byte)'0');

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Count(Vector128<byte> values) =>
        BitOperations.TrailingZeroCount(Vector128.GreaterThan(values, Vector128.Create((byte)9)).ExtractMostSignificantBits() | 1u << Most);
}
