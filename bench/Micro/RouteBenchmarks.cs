using BenchmarkDotNet.Attributes;

namespace Godot.Bench.Micro;

/// <summary>Many reactors, each for a service of its own, per event: it should cost what one does.</summary>
public class RouteBenchmarks : EngineRun
{
    [Params(1, 100, 10_000)]
    public int Reactors { get; set; }

    [GlobalSetup]
    public void Setup() =>
        Run(Enumerable.Range(0, Reactors).Select(i => Reactor.Where("service", i < 20 ? FleetCorpus.Services[i] : $"service/{i}")));
}
