namespace Godot;

/// <summary>The sum of some numbers, and how many they are.</summary>
readonly record struct Mean(double Sum, int Count) : ISummary<Mean>
{
    public double Value => Sum / Count;

    public static Mean Of(double number) => new(number, 1);

    public static Mean Merge(in Mean earlier, in Mean later) => new(earlier.Sum + later.Sum, earlier.Count + later.Count);

    public void Save(StateWriter writer)
    {
        writer.Write(Sum);
        writer.Write(Count);
    }

    public static Mean Load(StateReader reader) => new(reader.ReadDouble(), reader.ReadInt32());
}
