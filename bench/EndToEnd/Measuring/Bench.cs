namespace Godot.Bench;

/// <summary>What a row measures with, and where it says what it found.</summary>
/// <param name="smoke">Small and without peers: only counts and emissions are checked.</param>
sealed class Bench(bool smoke, Files files)
{
    public bool IsSmoke => smoke;

    public Files Files => files;

    /// <summary>How often each thing is measured.</summary>
    public int Runs => smoke ? 1 : 5;

    public List<Figure> Figures { get; } = [];

    public List<Curve> Curves { get; } = [];

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    /// <summary>How much of something, in a measurement and in the smoke.</summary>
    public T Sized<T>(T full, T small) => smoke ? small : full;

    public void Add(Figure figure)
    {
        if (smoke) return;
        Figures.Add(figure);
        Console.WriteLine($"  {figure.What}: {Text.Of(figure)}");
    }

    public void Check(string what, double expected, double found) =>
        Check(what, expected == found, $"expected {expected:#,0.###}, found {found:#,0.###}");

    public void Check(string what, bool holds, string otherwise)
    {
        if (holds) Passed++;
        else Failed++;
        if (!holds || smoke) Console.WriteLine(holds ? $"  ok: {what}" : $"  FAILED: {what}: {otherwise}");
    }
}
