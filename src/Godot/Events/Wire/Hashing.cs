using System.Buffers.Binary;
using Godot.Common;

namespace Godot.Events;

/// <summary>
/// A seeded hash of short texts. Keys come from strangers: the seed is drawn once per process, so nobody outside can choose
/// keys that collide. The mixing is wyhash's (Wang Yi, public domain): multiply to 128 bits, fold.
/// </summary>
static class Hashing
{
    // Not wyhash's own constants: a text that equals one of them would be multiplied by zero, and take all that stands beside it along.
    static readonly ulong Seed = Secret(), P1 = Secret(), P2 = Secret(), P3 = Secret();

    public static ulong Of(ReadOnlySpan<byte> text) => Of(text, Seed);

    public static ulong Of(ReadOnlySpan<byte> text, ulong seed)
    {
        ulong hash = seed ^ P1;
        int length = text.Length;
        while (text.Length > 16)
        {
            hash = Mix(BinaryPrimitives.ReadUInt64LittleEndian(text) ^ P2, BinaryPrimitives.ReadUInt64LittleEndian(text[8..]) ^ hash);
            text = text[16..];
        }
        ulong a, b;
        if (text.Length >= 8)
        {
            a = BinaryPrimitives.ReadUInt64LittleEndian(text);
            b = BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]);
        }
        else if (text.Length >= 4)
        {
            a = BinaryPrimitives.ReadUInt32LittleEndian(text);
            b = BinaryPrimitives.ReadUInt32LittleEndian(text[^4..]);
        }
        else if (text.Length > 0)
        {
            a = (ulong)text[0] << 16 | (ulong)text[text.Length >> 1] << 8 | text[^1];
            b = 0;
        }
        else
        {
            a = b = 0;
        }
        return Mix(P3 ^ (ulong)length, Mix(a ^ P2, b ^ hash));
    }

    /// <summary>The hash of a second text that continues from the hash of the first.</summary>
    public static ulong Then(ulong hash, ReadOnlySpan<byte> text) => Of(text, hash);

    static ulong Secret() => Entropy.Next() | 1;

    static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
