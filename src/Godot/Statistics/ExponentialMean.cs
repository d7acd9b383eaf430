namespace Godot;

/// <summary>An exponentially weighted mean by count: each number takes a fixed share of it.</summary>
struct ExponentialMean
{
    double mean;
    bool any;

    /// <summary>Adds a number; the first is the mean.</summary>
    public double Add(double number, double alpha)
    {
        mean = any ? alpha * number + (1 - alpha) * mean : number;
        any = true;
        return mean;
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(mean);
        writer.Write(any);
    }

    public void Load(StateReader reader) => (mean, any) = (reader.ReadDouble(), reader.ReadBoolean());
}
