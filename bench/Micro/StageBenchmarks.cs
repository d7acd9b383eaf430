using BenchmarkDotNet.Attributes;

namespace Godot.Bench.Micro;

/// <summary>One stage behind the look-up of the series, per event; "nothing" is that alone, to be subtracted.</summary>
public class StageBenchmarks : EngineRun
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    static readonly Dictionary<string, Reactor> Stages = new()
    {
        ["nothing"] = Reactor.Over(-1e9),
        ["map"] = Reactor.Map(e => e with { Metric = e.Metric + 1 }),
        ["change"] = Reactor.Change("state"),
        ["expire"] = Reactor.Expire(Minute),
        ["expire by ttl"] = Reactor.Expire(),
        ["average of 10"] = Reactor.MovingAverage(10),
        ["average by time"] = Reactor.MovingAverage(Minute),
        ["weighted average"] = Reactor.WeightedAverage(1, 2, 3),
        ["ewma"] = Reactor.Ewma(0.1),
        ["ewma by half-life"] = Reactor.Ewma(Minute),
        ["count"] = Reactor.Count(Minute),
        ["throttle"] = Reactor.Throttle(5, Minute),
        ["by host and service"] = Reactor.By(["host", "service"], each => each.Over(-1e9)),
        ["by host"] = Reactor.By("host", each => each.Over(-1e9)),
        ["across"] = Reactor.Across(all => all.Over(-1e9)),
        ["user's stage"] = Reactor.Over(-1e9).Then(() => new Own()),
        ["user's keyed stage"] = Reactor.Over(-1e9).Then(() => new Keyed()),
    };

    public static IEnumerable<string> Names => Stages.Keys;

    [ParamsSource(nameof(Names))]
    public string Stage { get; set; } = "";

    [GlobalSetup]
    public void Setup() => Run([Stages[Stage]]);

    sealed class Own : Stage
    {
        long count;

        public override void On(EventView e)
        {
            if (++count > 0) Send(e);
        }
    }

    sealed class Keyed : Stage<long>
    {
        protected override void On(EventView e, ref long count)
        {
            if (++count > 0) Send(e);
        }
    }
}
