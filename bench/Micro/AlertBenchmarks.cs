using BenchmarkDotNet.Attributes;

namespace Godot.Bench.Micro;

/// <summary>Ten thousand incidents that open at once, per incident: until the passes are back and the desk has decided all.</summary>
public class AlertBenchmarks
{
    const int Incidents = 10_000;

    static readonly Event[] Events =
        [.. Enumerable.Range(0, Incidents).Select(i => new Event { Host = $"h{i}", Service = "cpu", State = "critical" })];

    [Benchmark(OperationsPerInvoke = Incidents)]
    public async Task Open()
    {
        await using Engine engine = new(new EngineOptions { Lanes = 1 });
        engine.Add(Reactor.Where("service", "cpu").Alert(), "cpu");
        foreach (Event e in Events) engine.Feed(e);
        // A stop decides what is left.
        await engine.StopAsync();
    }
}
