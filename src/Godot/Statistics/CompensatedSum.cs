namespace Godot;

/// <summary>A sum of numbers that keeps what rounding takes from it (Neumaier): a million small numbers after a large one are not lost.</summary>
struct CompensatedSum
{
    double sum, lost;

    public readonly double Value => sum + lost;

    /// <summary>Adds a number; false, and nothing is added, if the sum would not be finite.</summary>
    public bool TryAdd(double number)
    {
        double next = sum + number;
        if (!double.IsFinite(next)) return false;
        lost += Math.Abs(sum) >= Math.Abs(number) ? sum - next + number : number - next + sum;
        sum = next;
        return true;
    }

    public readonly void Save(StateWriter writer)
    {
        writer.Write(sum);
        writer.Write(lost);
    }

    public void Load(StateReader reader) => (sum, lost) = (reader.ReadDouble(), reader.ReadDouble());
}
