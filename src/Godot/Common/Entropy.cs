namespace Godot.Common;

/// <summary>Random bits that nobody can guess.</summary>
/// <remarks>
/// Not from <c>RandomNumberGenerator</c>: on Linux that needs OpenSSL, and without it the runtime ends the process, here at the first
/// event. The runtime makes a <see cref="Guid"/> of what the kernel's own generator gives.
/// </remarks>
static class Entropy
{
    public static ulong Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        // The six bits that are the same in every Guid stand in bytes 7 and 8, and meet others there.
        return BitConverter.ToUInt64(bytes) ^ BitConverter.ToUInt64(bytes[8..]);
    }

    /// <summary>For what is random, and need not be a secret.</summary>
    public static int Seed() => (int)(Next() >> 33);
}
