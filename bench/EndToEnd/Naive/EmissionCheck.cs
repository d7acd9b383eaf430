using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Bench;

/// <summary>
/// Feeds the fleet to our engine and to the naive one in virtual time, ten seconds a round, and compares what comes out, one by one and in
/// order. From the sixth round on a seventh of the hosts is silent; in the end all are.
/// </summary>
sealed class EmissionCheck : IAsyncDisposable
{
    // All deadlines are multiples of it; and our engine takes a longer leap for a stall of its own.
    const double Step = 0.5;

    readonly FakeTimeProvider clock = new();
    readonly NaiveEngine naive = new();
    readonly Engine engine;
    readonly Feeder feeder;
    readonly EmissionLog averages, expired;
    double now;

    EmissionCheck()
    {
        engine = new Engine(new EngineOptions { TimeProvider = clock });
        feeder = new Feeder(engine);
        (averages, expired) = (new EmissionLog(() => now), new EmissionLog(() => now));
        engine.Add(Recipes.Averages.Across(all => all.Then(() => new EmissionStage(averages))), "averages");
        engine.Add(Recipes.FiveStages.Across(all => all.Then(() => new EmissionStage(expired))), "expired");
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    public static async Task RunAsync(Bench bench)
    {
        await using EmissionCheck check = new();
        byte[][] lines = [.. File.ReadLines(Corpora.Fleet(bench.Files)).Select(Encoding.UTF8.GetBytes)];
        int round = lines.Length / FleetCorpus.Rounds;
        for (int i = 0; i < FleetCorpus.Rounds; i++)
        {
            check.Feed(lines.AsSpan(i * round, round), silent: i >= FleetCorpus.Rounds / 2);
            check.Pass(10);
        }
        check.Pass(60);
        Compare(bench, "averages over 50", check.naive.Averages, check.averages.Emissions);
        Compare(bench, "expired events", check.naive.Expired, check.expired.Emissions);
        bench.Check("emissions: nothing was rejected", 0, check.feeder.Rejected);
    }

    void Feed(ReadOnlySpan<byte[]> lines, bool silent)
    {
        foreach (byte[] line in lines)
        {
            PlainEvent e = PlainEvent.Read(line);
            if (silent && e.Host!.Length % 7 == 0) continue;
            naive.Take(e, now);
            feeder.Feed([.. line, (byte)'\n']);
        }
    }

    void Pass(double seconds)
    {
        for (double end = now + seconds; now < end;)
        {
            now += Step;
            clock.Advance(TimeSpan.FromSeconds(Step));
            naive.AdvanceTo(now);
        }
    }

    static void Compare(Bench bench, string what, List<Emission> expected, List<Emission> found)
    {
        bench.Check($"emissions: {what} are as many as the naive engine's", expected.Count, found.Count);
        int different = expected.Zip(found).TakeWhile(pair => pair.First.IsLike(pair.Second)).Count();
        int common = Math.Min(expected.Count, found.Count);
        bench.Check($"emissions: {what} are the naive engine's, in its order", different == common && common > 0,
            different < common ? $"expected {expected[different]}, found {found[different]}" : "there are none");
    }
}
