using BenchmarkDotNet.Attributes;

namespace Godot.Bench.Micro;

/// <summary>Filters, per event: those on host and service are asked once per series, the others of each event.</summary>
public class FilterBenchmarks : EngineRun
{
    static readonly Dictionary<string, Reactor> Filters = new()
    {
        ["service is"] = Reactor.Where("service", "cpu"),
        ["service like"] = Reactor.Where("service", "*/health/heartbeat"),
        ["state is"] = Reactor.Where("state", "critical"),
        ["description like"] = Reactor.Where("description", "*backlog*"),
        ["meta is"] = Reactor.Where(Field.Meta("zone"), "a"),
        ["metric over"] = Reactor.Over(50),
        ["tagged"] = Reactor.Tagged("canary", "web"),
        ["function"] = Reactor.Where(e => e.Metric > 50),
    };

    public static IEnumerable<string> Names => Filters.Keys;

    [ParamsSource(nameof(Names))]
    public string Filter { get; set; } = "";

    [GlobalSetup]
    public void Setup() => Run([Filters[Filter]]);
}
