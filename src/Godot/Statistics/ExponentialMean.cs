namespace Godot.Statistics;

/// <summary>An exponentially weighted mean by count: each number takes a fixed share of it.</summary>
struct ExponentialMean
{
    double mean;

    public readonly double Mean => mean;

    /// <summary>Of how many numbers it is made: up to the largest of an int.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a number; the first is the mean.</summary>
    public double Add(double number, double alpha)
    {
        mean = Count > 0 ? alpha * number + (1 - alpha) * mean : number;
        if (Count < int.MaxValue) Count++;
        return mean;
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(mean);
        writer.Write(Count);
    }

    // Version 1 said only whether there was a number.
    public void Load(StateReader reader) =>
        (mean, Count) = (reader.ReadDouble(), reader.Version > 1 ? reader.ReadInt32() : reader.ReadBoolean() ? int.MaxValue : 0);
}
