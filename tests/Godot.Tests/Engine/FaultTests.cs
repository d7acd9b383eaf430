using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>What others throw.</summary>
public sealed class FaultTests
{
    readonly FakeTimeProvider clock = new();
    readonly Recorder recorder = new();

    static Event Of(string service, double? metric = null) => new() { Service = service, Metric = metric };

    [Fact]
    public void A_leading_filter_that_throws_loses_that_event_in_that_reactor_and_nothing_else()
    {
        bool broken = true;
        Engine engine = new(new EngineOptions { Clock = clock, Lanes = 1 });
        engine.Add(Reactor.Where("service", Match.When(service => broken && service == "bad" ? throw new InvalidOperationException("bad") : true)), "first", recorder);
        engine.Add(Reactor.Empty, "second", recorder);

        engine.Feed(Of("bad", 1));
        engine.Feed(Of("good", 2));
        Assert.Equal(["bad=1", "good=2", "good=2"], recorder.Lines);
        Assert.Equal(1, engine.StageCounts().Sum(stage => stage.Failed));

        broken = false;
        engine.Feed(Of("bad", 3));
        Assert.Equal(["bad=3", "bad=3"], recorder.Lines.Skip(3));
    }

    [Fact]
    public void A_log_that_throws_loses_nothing_more()
    {
        Engine engine = new(new EngineOptions { Clock = clock, Lanes = 1, Loggers = new LogLines { Broken = true }, MaxSeries = 2, MaxKeys = 1 });
        engine.Add(Reactor.Empty.Then(() => new Throwing()), "throws", recorder);
        engine.Add(Reactor.Empty.Then(() => new LateThrowing()), "late", recorder);
        engine.Add(Reactor.By("service", r => r.Count(TimeSpan.FromSeconds(1))), "by", recorder);

        engine.Feed(Of("a", 13));
        engine.Feed(Of("b", 1));
        Assert.False(engine.Feed(Of("c", 1)));
        clock.Advance(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["b=1", "a=1"], recorder.Lines);
    }

    sealed class LateThrowing : Stage
    {
        public override void On(EventView e) => After(TimeSpan.FromSeconds(1), () => throw new InvalidOperationException("late"));
    }

    [Fact]
    public void A_timer_that_asks_for_no_time_lets_others_run()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(5));
        Engine engine = new(new EngineOptions { Clock = clock, Lanes = 1 });
        Again stage = new(stop.Token);
        engine.Add(Reactor.Across(r => r.Then(() => stage)), "again");
        engine.Feed(Of("a", 1));
        for (int i = 0; i < 5; i++) clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.InRange(stage.Times, 2, 10);
    }

    sealed class Again(CancellationToken stop) : Stage
    {
        public int Times { get; private set; }

        public override void On(EventView e) => Act();

        void Act()
        {
            Times++;
            if (!stop.IsCancellationRequested) After(TimeSpan.Zero, Act);
        }
    }
}
