namespace Godot.Runtime;

/// <summary>
/// Which reactors a series can reach: the first segments of those whose filters on host and service let it through. Shared by all series of
/// a lane that reach the same.
/// </summary>
sealed class Route(int number, Plan? plan, Segment[] segments, Lane lane)
{
    /// <summary>What series of the lane call it.</summary>
    public int Number => number;

    /// <summary>A series has it, and stays: noted while series are swept.</summary>
    public bool Stays { get; set; }

    /// <summary>The reactors that were asked; null if one of their filters threw, and must be asked again.</summary>
    public Plan? Plan => plan;

    /// <summary>In the order in which the reactors were added.</summary>
    public Segment[] Segments => segments;

    /// <summary>
    /// For each segment its shard on this lane; null where events are handed over, because the segment's key is not the series.
    /// </summary>
    public SegmentShard?[] Shards { get; } =
        [.. segments.Select(segment => segment.Sharding == Sharding.Series ? segment.ShardOn(lane) : null)];
}
