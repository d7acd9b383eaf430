namespace Godot.Common;

/// <summary>
/// A hash that is the same in every process, for sketches that are saved and replayed, and for names. Who knows it can choose values that
/// collide: they are counted as one, and cost no time. FNV-1a, and then the mixing of SplitMix64 (Steele, Lea and Flood, 2014), without
/// which its upper bits would not do.
/// </summary>
static class StableHash
{
    /// <param name="bytes">Of what.</param>
    /// <param name="seed">With another one, other values collide; or the hash of what stands before.</param>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        ulong hash = 0xcbf29ce484222325 ^ seed;
        foreach (byte each in bytes) hash = (hash ^ each) * 0x100000001b3;
        hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9;
        hash = (hash ^ hash >> 27) * 0x94d049bb133111eb;
        return hash ^ hash >> 31;
    }
}
