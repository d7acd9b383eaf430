namespace Godot.Statistics;

/// <summary>The sum of some numbers, where somebody else knows how many they are.</summary>
readonly record struct Total(double Value) : ISummary<Total>
{
    public static Total Of(double number) => new(number);

    public static Total Merge(in Total earlier, in Total later) => new(earlier.Value + later.Value);

    public void Save(StateWriter writer) => writer.Write(Value);

    public static Total Load(StateReader reader) => new(reader.ReadDouble());
}
