using System.Buffers.Binary;
using System.Numerics;

namespace Godot.Common;

/// <summary>SHA-256, as FIPS 180-4 has it, for names of things.</summary>
/// <remarks>
/// Not that of the runtime: on Linux it needs OpenSSL, and without it the runtime ends the process, here with the first incident. A
/// thousand bytes take ten microseconds; nothing that hurries is named so.
/// </remarks>
static class Sha256
{
    const int BlockBytes = 64, Rounds = 64;

    // The first 32 bits behind the point: of the square roots of the first eight primes, of the cube roots of the first 64.
    static readonly uint[] Start = [.. Primes(8).Select(prime => Fraction(Math.Sqrt(prime)))];
    static readonly uint[] Constants = [.. Primes(Rounds).Select(prime => Fraction(Math.Cbrt(prime)))];

    /// <summary>32 bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        Span<uint> state = [.. Start];
        int whole = bytes.Length / BlockBytes * BlockBytes;
        for (int at = 0; at < whole; at += BlockBytes) Mix(state, bytes.Slice(at, BlockBytes));
        // The rest, a one, zeros, and the length in bits: in one block where there is room for that, else in two.
        Span<byte> end = stackalloc byte[2 * BlockBytes];
        ReadOnlySpan<byte> rest = bytes[whole..];
        rest.CopyTo(end);
        end[rest.Length] = 0x80;
        if (rest.Length + 1 + sizeof(ulong) <= BlockBytes) end = end[..BlockBytes];
        BinaryPrimitives.WriteUInt64BigEndian(end[^sizeof(ulong)..], (ulong)bytes.Length * 8);
        for (int at = 0; at < end.Length; at += BlockBytes) Mix(state, end.Slice(at, BlockBytes));
        byte[] hash = new byte[state.Length * sizeof(uint)];
        for (int i = 0; i < state.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i * sizeof(uint)), state[i]);
        return hash;
    }

    static void Mix(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[Rounds];
        for (int i = 0; i < 16; i++) w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        for (int i = 16; i < Rounds; i++)
        {
            uint early = BitOperations.RotateRight(w[i - 15], 7) ^ BitOperations.RotateRight(w[i - 15], 18) ^ (w[i - 15] >> 3);
            uint late = BitOperations.RotateRight(w[i - 2], 17) ^ BitOperations.RotateRight(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = unchecked(w[i - 16] + early + w[i - 7] + late);
        }
        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        for (int i = 0; i < Rounds; i++)
        {
            uint ofE = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint ofA = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint first = unchecked(h + ofE + ((e & f) ^ (~e & g)) + Constants[i] + w[i]);
            uint second = unchecked(ofA + ((a & b) ^ (a & c) ^ (b & c)));
            (h, g, f, e, d, c, b, a) = (g, f, e, unchecked(d + first), c, b, a, unchecked(first + second));
        }
        ReadOnlySpan<uint> mixed = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < state.Length; i++) state[i] = unchecked(state[i] + mixed[i]);
    }

    static IEnumerable<int> Primes(int count) => Enumerable.Range(2, 400)
        .Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0)).Take(count);

    static uint Fraction(double root) => (uint)(ulong)((root - Math.Floor(root)) * 4294967296.0);
}
