namespace Godot.Bench;

/// <summary>
/// What one event costs as there are more keys, reactors and connections, and one byte as events get longer. Curves for the report, judged
/// by their shape.
/// </summary>
sealed class Growth : Row
{
    public override string Name => "growth";

    // Nothing in it is counted that other rows do not count.
    public override bool InSmoke => false;

    public override Task MeasureAsync(Bench bench)
    {
        int[] tens = [1, 10, 100, 1000, 10_000];
        Add(bench, new("an event and the number of keys, all five stages", "keys", "ns",
            Points(bench, [.. tens, 100_000, 1_000_000], n => InMemory(bench, "five", $"keys:{n}"))));
        Add(bench, new("an event and the number of reactors", "reactors", "ns",
            Points(bench, tens, n => InMemory(bench, $"services:{n}", Corpora.Fleet(bench.Files)))));
        Add(bench, new("an event and the number of TCP connections", "connections", "ns", Points(bench, tens, n => OverTcp(bench, n))));
        int[] sizes = [100, 1000, 10_000, 60_000];
        Add(bench, new("a byte and the size of events, all five stages", "bytes an event", "ns",
            Points(bench, sizes, size => InMemory(bench, "five", $"size:{size}") / size)));
        return Task.CompletedTask;
    }

    static void Add(Bench bench, Curve curve)
    {
        if (bench.IsSmoke) return;
        bench.Curves.Add(curve);
        Console.WriteLine(
            $"  {curve.What}: "
                + $"{string.Join(", ", curve.Points.Select(point => $"{point.At}: {Text.Of(point.Cost)}"))} {curve.Unit}; {curve.Verdict}");
    }

    // Twice, and the cheaper counts: what disturbs a measurement makes it dearer.
    static List<(double, double)> Points(Bench bench, int[] numbers, Func<int, double> cost) =>
        [.. bench.Sized(numbers, numbers[..2]).Select(n => ((double)n, Enumerable.Range(0, bench.Sized(2, 1)).Min(_ => cost(n))))];

    /// <summary>Nanoseconds of processor time an event.</summary>
    static double InMemory(Bench bench, string recipes, string corpus)
    {
        using Child child = Child.StartPart("inmemory", recipes, corpus, "0.5");
        Reading reading = child.ReadLast();
        bench.Check($"growth: {recipes} saw events", reading["events"] > 0, "there were none");
        return reading["cpu"] / reading["events"] * 1e9;
    }

    static double OverTcp(Bench bench, int connections)
    {
        using Server server = new("article");
        string corpus = Corpora.Fleet(bench.Files);
        long warm = bench.Sized(2_000_000, 0), events = bench.Sized(2_000_000, 100_000);
        if (warm > 0) Generator.Send(bench.Files, "tcp", server.Port, corpus, warm, Generator.Connections(2));
        double before = server.ProcessorSeconds;
        Reading sent = Generator.Send(bench.Files, "tcp", server.Port, corpus, events, Generator.Connections(connections));
        double cost = (server.ProcessorSeconds - before) / events * 1e9;
        bench.Check($"growth: {connections} connections were read to their end", connections, sent["closed"]);
        bench.Check($"growth: all events of {connections} connections were received", warm + events, server.Received);
        return cost;
    }
}
