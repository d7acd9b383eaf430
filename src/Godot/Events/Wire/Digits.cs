using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Godot.Events;

/// <summary>
/// Reads decimal digits, all at once. Nothing in it asks how many there are, or whether a point stands among them: from event to event both
/// change, and the processor would guess wrong.
/// </summary>
static class Digits
{
    /// <summary>As many are looked at on either side of a point.</summary>
    public const int Most = 15;

    // What a digit's value is taken from, and what a point becomes by that.
    const byte Zero = (byte)'0', Point = unchecked((byte)('.' - '0'));

    // From a place in it, which bytes to take so that so many stand at the end, and zeros before them.
    static ReadOnlySpan<byte> ToTheEnd =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ];

    /// <summary>Where the digits end that a text begins with, or those behind a point that follows them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Measure(ref byte text, out int whole)
    {
        Vector256<byte> values = Vector256.LoadUnsafe(ref text) - Vector256.Create(Zero);
        ulong others = Vector256.GreaterThan(values, Vector256.Create((byte)9)).ExtractMostSignificantBits() | 1UL << Vector256<byte>.Count;
        uint points = Vector256.Equals(values, Vector256.Create(Point)).ExtractMostSignificantBits();
        whole = BitOperations.TrailingZeroCount(others);
        int next = BitOperations.TrailingZeroCount(others & (others - 1));
        return (points >> whole & 1) != 0 ? next : whole;
    }

    /// <summary>The number that so many digits are, at most 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Value(ref byte text, int count)
    {
        Vector128<byte> ones = RightAligned(ref text, count);
        return Sse41.IsSupported ? AddUp(ones) : AddUpAnywhere(ones);
    }

    /// <summary>The values of so many digits, the last one at the end, and zeros before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> RightAligned(ref byte text, int count)
    {
        Vector128<byte> ones = Vector128.LoadUnsafe(ref text) - Vector128.Create(Zero);
        Vector128<byte> places = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(ToTheEnd), (uint)count);
        // Both put a zero where there is no such place.
        return Ssse3.IsSupported ? Ssse3.Shuffle(ones, places) : Vector128.Shuffle(ones, places);
    }

    // Ones to pairs, to fours, to eights: what stands first counts more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong AddUp(Vector128<byte> ones)
    {
        Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(ones, Vector128.Create((ushort)(1 << 8 | 10)).AsSByte());
        Vector128<int> fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(1u << 16 | 100).AsInt16());
        Vector128<short> packed = Sse41.PackUnsignedSaturate(fours, fours).AsInt16();
        ulong eights = Sse2.MultiplyAddAdjacent(packed, Vector128.Create(1u << 16 | 10_000).AsInt16()).AsUInt64().ToScalar();
        return (uint)eights * 100_000_000UL + (eights >> 32);
    }

    /// <summary>The same where the processor has no instructions for it.</summary>
    public static ulong AddUpAnywhere(Vector128<byte> ones)
    {
        Vector128<ushort> pairs = (ones.AsUInt16() & Vector128.Create((ushort)0xFF)) * 10 + (ones.AsUInt16() >> 8);
        Vector128<uint> fours = (pairs.AsUInt32() & Vector128.Create(0xFFFFu)) * 100 + (pairs.AsUInt32() >> 16);
        ulong high = fours.AsUInt64()[0], low = fours.AsUInt64()[1];
        return ((uint)high * 10_000UL + (high >> 32)) * 100_000_000 + (uint)low * 10_000UL + (low >> 32);
    }
}
