using System.Globalization;

namespace Godot.Bench;

/// <summary>What is run, by the names that rows call it.</summary>
static class Recipes
{
    /// <summary>Below every average of the fleet: all events pass, so that all five stages see all of them.</summary>
    public const double Low = -1_000_000;

    /// <summary>The five stages, each of which every event of the fleet passes; the last keeps it.</summary>
    public static Reactor FiveStages =>
        Reactor.Where("service", "*").By(["host", "service"], each => each.MovingAverage(10).Over(Low).Expire());

    /// <summary>
    /// The same without the last stage, and with a threshold that not all pass: what comes out of it can be compared event by event.
    /// </summary>
    public static Reactor Averages => Reactor.Where("service", "*").By(["host", "service"], each => each.MovingAverage(10).Over(50));

    public static Reactor FilterOnly => Reactor.Where("service", "cpu").Over(50);

    /// <summary>One service each: first the corpus's own, then such as never come.</summary>
    public static IEnumerable<Reactor> ByService(int count) =>
        Enumerable.Range(0, count)
        .Select(i => Reactor.Where("service", i < FleetCorpus.Services.Length ? FleetCorpus.Services[i] : $"service/{i}"));

    public static IEnumerable<Reactor> Named(string name) => name.Split(':') switch
    {
        ["five"] => [FiveStages],
        ["filter"] => [FilterOnly],
        ["services", var count] => ByService(int.Parse(count, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"There is no recipe \"{name}\"."),
    };
}
