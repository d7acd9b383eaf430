namespace Godot.Statistics;

/// <summary>
/// An exponentially weighted mean by time: after one half-life, a new level counts half. Several numbers of one instant count as their
/// mean, in any order.
/// </summary>
struct DecayingMean
{
    // The mean up to the instant of the last number, and what is left of it by then.
    double before, left;

    // The numbers of that instant: their mean, which unlike their sum is never too large for a number, and how many.
    double level;
    int count;
    long instant;

    /// <summary>Of how many numbers it is made: up to the largest of an int.</summary>
    public int Count { get; private set; }

    /// <summary>The instant of the last number.</summary>
    public readonly long Instant => instant;

    /// <summary>True if the last number is of more than so long after this time.</summary>
    public readonly bool IsAhead(long of, long by) => count > 0 && of < instant - by;

    /// <summary>Adds a number. One that is older than the last counts as of the same instant.</summary>
    public double Add(double number, long now, long halfLife)
    {
        if (count > 0 && now > instant)
        {
            before = Mean;
            left = Math.Pow(2, -(double)(now - instant) / halfLife);
            (level, count) = (0, 0);
        }
        if (count == 0) instant = now;
        count++;
        if (Count < int.MaxValue) Count++;
        level += (number / count) - (level / count);
        return Mean;
    }

    /// <param name="now">What times are counted from; where it is another when they are loaded, they move along.</param>
    public readonly void Save(StateWriter writer, long now)
    {
        writer.Write(before);
        writer.Write(left);
        writer.Write(level);
        writer.Write(count);
        writer.Write(instant - now);
        writer.Write(Count);
    }

    public void Load(StateReader reader, long now)
    {
        (before, left, level, count, instant) =
            (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt64() + now);
        // Versions 1 and 2 did not say of how many.
        Count = reader.Version > 2 ? reader.ReadInt32() : count > 0 ? int.MaxValue : 0;
    }

    /// <summary>The mean as of the last number.</summary>
    public readonly double Mean => left * before + (1 - left) * level;
}
