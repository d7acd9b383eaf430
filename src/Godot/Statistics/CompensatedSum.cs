namespace Godot.Statistics;

/// <summary>
/// A sum of numbers that keeps what rounding takes from it (Neumaier): a million small numbers after a large one are not lost.
/// </summary>
/// <param name="start">What it begins with; finite. That of a default one is 0.</param>
struct CompensatedSum(double start)
{
    double sum = start, lost;

    public readonly double Value => sum + lost;

    /// <summary>Adds a number; false, and nothing is added, if the sum would not be finite.</summary>
    public bool TryAdd(double number)
    {
        double next = sum + number;
        double rounded = lost + (Math.Abs(sum) >= Math.Abs(number) ? sum - next + number : number - next + sum);
        if (!double.IsFinite(next + rounded)) return false;
        (sum, lost) = (next, rounded);
        return true;
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(sum);
        writer.Write(lost);
    }

    public void Load(StateReader reader) => (sum, lost) = (reader.ReadDouble(), reader.ReadDouble());
}
