namespace Godot.Statistics;

/// <summary>The least of some numbers.</summary>
readonly record struct Minimum(double Value) : ISummary<Minimum>
{
    public static Minimum Of(double number) => new(number);

    public static Minimum Merge(in Minimum earlier, in Minimum later) => new(Math.Min(earlier.Value, later.Value));

    public void Save(StateWriter writer) => writer.Write(Value);

    public static Minimum Load(StateReader reader) => new(reader.ReadDouble());
}

/// <summary>The greatest of some numbers.</summary>
readonly record struct Maximum(double Value) : ISummary<Maximum>
{
    public static Maximum Of(double number) => new(number);

    public static Maximum Merge(in Maximum earlier, in Maximum later) => new(Math.Max(earlier.Value, later.Value));

    public void Save(StateWriter writer) => writer.Write(Value);

    public static Maximum Load(StateReader reader) => new(reader.ReadDouble());
}
