namespace Godot;

/// <summary>The sum of some numbers, where somebody else knows how many they are.</summary>
readonly record struct Sum(double Value) : ISummary<Sum>
{
    public static Sum Of(double number) => new(number);

    public static Sum Merge(in Sum earlier, in Sum later) => new(earlier.Value + later.Value);

    public void Save(StateWriter writer) => writer.Write(Value);

    public static Sum Load(StateReader reader) => new(reader.ReadDouble());
}
