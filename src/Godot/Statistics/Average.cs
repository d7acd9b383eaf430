namespace Godot.Statistics;

/// <summary>The sum of some numbers, and how many they are.</summary>
readonly record struct Average(double Sum, int Count) : ISummary<Average>
{
    public double Value => Sum / Count;

    public static Average Of(double number) => new(number, 1);

    public static Average Merge(in Average earlier, in Average later) => new(earlier.Sum + later.Sum, earlier.Count + later.Count);

    public void Save(StateWriter writer)
    {
        writer.Write(Sum);
        writer.Write(Count);
    }

    public static Average Load(StateReader reader) => new(reader.ReadDouble(), reader.ReadInt32());
}
