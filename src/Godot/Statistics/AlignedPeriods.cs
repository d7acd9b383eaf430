namespace Godot.Statistics;

/// <summary>
/// Periods of time that follow each other without a gap, aligned to the calendar: one begins at midnight of the first of January 1970 UTC,
/// plus the offset.
/// </summary>
/// <param name="length">In 100 ns.</param>
/// <param name="offset">In 100 ns.</param>
readonly struct AlignedPeriods(long length, long offset)
{
    /// <summary>When the period of a time ends. Times are in 100 ns since the unix epoch; an end belongs to the next period.</summary>
    public long EndOf(long time)
    {
        long into = (time - offset) % length;
        return time - (into < 0 ? into + length : into) + length;
    }
}
