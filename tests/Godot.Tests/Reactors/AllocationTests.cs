using Godot.Events;
using Godot.Runtime;

namespace Godot.Tests;

public sealed class AllocationTests
{
    public static TheoryData<Recipe> Recipes =>
    [
        Reactor.Where("service", "s*").Where("state", "ok").Over(1).Tagged("t"),
        Reactor.Where("metric", "4*").WhereNot(("state", "ok"), ("host", "x")),
        Reactor.MovingAverage(10).Ewma(0.5).WeightedAverage(1, 2, 3),
        Reactor.MovingAverage(Sample.Seconds(10)).Ewma(Sample.Seconds(10)),
        Reactor.MovingMinimum(10).MovingMaximum(Sample.Seconds(1000)).MovingMedian(10).MovingStandardDeviation(10),
        Reactor.Ewma(Sample.Seconds(10), lateness: Sample.Seconds(1)).PredictLinear(Sample.Seconds(1000), Sample.Seconds(10)),
        Reactor.RateOfChange(Sample.Seconds(1000)),
        Reactor.ZScore(10).ZScore(Sample.Seconds(1000)),
        Reactor.HoltWinters(Sample.Seconds(10)),
        Reactor.Percentiles(Sample.Seconds(1000), 0.99),
        Reactor.DistinctCount(Sample.Seconds(1000), "host"),
        Reactor.Change("state").Throttle(5, Sample.Seconds(1)),
        Reactor.Expire(Sample.Seconds(1000)),
        Reactor.By("host", h => h.Count(Sample.Seconds(1000))),
        Reactor.Scale(2).Default(ttl: Sample.Seconds(60)).ChangedState().Runs(2),
        Reactor.Hysteresis(over: 90, until: 80).Counter(),
        Reactor.For(Sample.Seconds(1000), "state", "ok"),
        Reactor.Derivative(),
        Reactor.FillInLast(Sample.Seconds(1000), e => e with { Metric = 0 }).Interpolate(Sample.Seconds(1000)),
        Reactor.Sum().Mean().MovingSum(5).MovingSum(Sample.Seconds(10)).WindowSum(Sample.Seconds(10)).Mean(Sample.Seconds(1000)),
        Reactor.Map(e => e with { Metric = e.Metric + 1 }),
    ];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void An_event_costs_the_collector_nothing(Recipe recipe)
    {
        // Time stands still: on a slow machine a window of time would have grown longer.
        Engine engine = new(new EngineOptions { Lanes = 1, TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider() });
        engine.Add(recipe);
        Intake intake = engine.OpenIntake();
        Block block = new();
        for (int i = 0; i < 100; i++)
            block.Add(new Event { Host = "h" + i % 5, Service = (i % 3 == 0 ? "s\\" : "s") + i % 20, State = "ok", Metric = 40 + i,
                Tags = ["t"] });
        for (int i = 0; i < 50; i++) intake.Run(block);

        // The runtime takes a little for itself once in a while; what events cost, they cost in every round.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) intake.Run(block);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }
}
