using Godot.Common;

namespace Godot.Runtime;

/// <summary>
/// A share of all state, by what names its keys: the same whatever engine, process and number of lanes, so that state can be saved, loaded
/// and moved share by share.
/// </summary>
static class Partition
{
    /// <summary>So many there are.</summary>
    public const int Count = 1024;

    /// <summary>The partition of a key.</summary>
    /// <param name="seed">Stands beside the data: who does not know it cannot choose names that all fall into one.</param>
    /// <param name="segment">Where the key is, for one that no texts name.</param>
    /// <param name="first">The first text that names it.</param>
    /// <param name="second">The second one.</param>
    public static int Of(ulong seed, string segment, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ulong hash = first.IsEmpty && second.IsEmpty
            ? StableHash.Of(System.Text.Encoding.UTF8.GetBytes(segment), seed)
            : StableHash.Of(second, StableHash.Of(first, seed));
        return (int)(hash % Count);
    }
}
