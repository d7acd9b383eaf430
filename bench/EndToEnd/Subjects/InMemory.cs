using System.Globalization;

namespace Godot.Bench;

/// <summary>Recipes run over a corpus in memory, again and again, on one core.</summary>
static class InMemory
{
    /// <summary><c>inmemory RECIPES CORPUS SECONDS</c>; says what <see cref="Steady.Measure"/> says.</summary>
    public static int Run(string[] args)
    {
        byte[] corpus = Synthetic.Load(args[1]);
        List<Tally> tallies = [];
        Engine engine = new(new EngineOptions { Lanes = 1, MaxSeries = 2_000_000, MaxKeys = 2_000_000 });
        foreach (Reactor recipe in Recipes.Named(args[0])) engine.Add(recipe.Then(() => Counted(tallies)));
        Feeder feeder = new(engine);
        Steady steady = new(corpus, feeder.Feed, () => feeder.Events, () => tallies.Sum(tally => tally.Count));
        Console.WriteLine(steady.Measure(double.Parse(args[2], CultureInfo.InvariantCulture)));
        return feeder.Rejected == 0 ? 0 : 1;
    }

    static Tally Counted(List<Tally> tallies)
    {
        Tally tally = new();
        tallies.Add(tally);
        return tally;
    }
}
