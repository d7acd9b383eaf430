using Godot.Memory;

namespace Godot.Runtime;

/// <summary>
/// What the keys of a shard held at one moment, of which some is still to be written. A key that is about to change is taken down first; it
/// is written when it is come across with its name.
/// </summary>
/// <param name="shard">Whose keys they are.</param>
/// <param name="lane">Takes down what they hold.</param>
/// <param name="segment">The number of the shard's segment in the snapshot.</param>
/// <param name="keys">A bit for each key that there was.</param>
/// <param name="count">So many are set.</param>
sealed class ShardMoment(SegmentShard shard, LaneMoment lane, int segment, ulong[] keys, int count)
{
    const int Word = 64;

    // Those that have not changed since.
    readonly ulong[] unchanged = [.. keys];

    // Of the others, where it stands what they held.
    readonly Slab<long> taken = new();

    public SegmentShard Shard => shard;

    /// <summary>So many are still to be written.</summary>
    public int Left { get; private set; } = count;

    /// <summary>A key is about to change.</summary>
    public void Touch(int key)
    {
        if (!Has(unchanged, key)) return;
        Clear(unchanged, key);
        taken[key] = lane.Take(shard, key);
    }

    /// <summary>Writes what a key held, unless that was done, or it was not there.</summary>
    public void Write(int key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!Has(keys, key)) return;
        Clear(keys, key);
        Left--;
        ReadOnlySpan<byte> held = Has(unchanged, key) ? lane.Look(shard, key) : lane.Taken(taken[key]);
        Clear(unchanged, key);
        lane.Write(segment, shard.Segment, first, second, held);
    }

    static bool Has(ulong[] bits, int key) => (uint)key / Word is var word && word < (uint)bits.Length && (bits[word] >> key & 1) != 0;

    static void Clear(ulong[] bits, int key) => bits[key / Word] &= ~(1UL << key);
}
