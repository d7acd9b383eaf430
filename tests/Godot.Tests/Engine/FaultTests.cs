using Godot.Runtime;
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
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        engine.Add(Reactor.Where("service",
            Matcher.When(service => broken && service == "bad" ? throw new InvalidOperationException("bad") : true)), "first", recorder);
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
        Engine engine =
            new(new() { TimeProvider = clock, Lanes = 1, LoggerFactory = new LogLines { Broken = true }, MaxSeries = 2, MaxKeys = 1 });
        engine.Add(Reactor.Empty.Then(() => new Throwing()), "throws", recorder);
        engine.Add(Reactor.Empty.Then(() => new LateThrowing()), "late", recorder);
        engine.Add(Reactor.By("service", r => r.Count(TimeSpan.FromSeconds(1))), "by", recorder);

        engine.Feed(Of("a", 13));
        engine.Feed(Of("b", 1));
        Assert.False(engine.Feed(Of("c", 1)));
        clock.Advance(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["b=1", "a=1"], recorder.Lines.Where(line => !line.Contains("/godot/", StringComparison.Ordinal)));
    }

    sealed class LateThrowing : Stage
    {
        public override void On(EventView e) => After(TimeSpan.FromSeconds(1), () => throw new InvalidOperationException("late"));
    }

    [Fact]
    public void A_timer_that_asks_for_no_time_lets_others_run()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(5));
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
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

    [Fact]
    public void A_stage_that_throws_when_it_is_asked_what_it_may_forget_keeps_it_and_loses_nothing()
    {
        Engine engine =
            new(new() { TimeProvider = clock, Lanes = 1, IdleAfter = TimeSpan.FromHours(1), ForgetAfter = TimeSpan.FromHours(1) });
        engine.Add(Reactor.By("service", r => r.Then(() => new Unforgettable())), "by", recorder);
        engine.Add(Reactor.Empty.Then(() => new Unforgettable()), "series", recorder);
        for (int i = 0; i < 20; i++) engine.Feed(Of("s" + i, i == 10 ? 13 : 1));
        for (int minute = 0; minute < 120; minute++) clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, engine.SeriesCount);
        Assert.InRange(engine.StageCounts().Sum(stage => stage.Failed), 2, 10);
        int before = recorder.Lines.Count;
        for (int i = 0; i < 20; i++) engine.Feed(Of("s" + i, 5));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i / 2 == 10 ? "s10=18" : $"s{i / 2}=5"), recorder.Lines.Skip(before));
    }

    sealed class Unforgettable : Stage<double>
    {
        protected override void On(EventView e, ref double sum) => Send(e with { Metric = sum += e.Metric ?? 0 });

        protected override bool MayForget(ref readonly double sum) => sum == 13 ? throw new InvalidOperationException("thirteen") : true;
    }

    [Fact]
    public async Task A_reactor_that_hangs_does_not_stop_the_timers_of_other_lanes()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        using ManualResetEventSlim released = new();
        TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously),
            woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Engine engine = new(new EngineOptions { TimeProvider = TimeProvider.System, Lanes = 64 });
        engine.Add(Reactor.Where("service", "hangs").Then(() => new Hanging(hanging, released)));
        engine.Add(Reactor.WhereNot("service", "hangs").Then(() => new Waking(woken)));
        // Enough for every lane to have timers, that of the hanging one too.
        for (int i = 0; i < 2000; i++) engine.Feed(Of($"s{i}"));
        Task hung = Task.Run(() => engine.Feed(Of("hangs")), cancelled);
        await hanging.Task.WaitAsync(TimeSpan.FromSeconds(10), cancelled);

        await woken.Task.WaitAsync(TimeSpan.FromSeconds(10), cancelled);

        Assert.False(hung.IsCompleted);
        released.Set();
        await hung;
    }

    sealed class Hanging(TaskCompletionSource hanging, ManualResetEventSlim released) : Stage
    {
        public override void On(EventView e)
        {
            hanging.SetResult();
            released.Wait(TimeSpan.FromSeconds(20));
        }
    }

    sealed class Waking(TaskCompletionSource woken) : Stage
    {
        int left = 10;

        public override void On(EventView e) => Act();

        // Several times one after the other, so that it goes on while the lane hangs.
        void Act()
        {
            if (left-- == 0) woken.TrySetResult();
            else After(TimeSpan.FromMilliseconds(50), Act);
        }
    }

    [Fact]
    public async Task An_output_that_no_reactor_uses_any_more_sends_what_waits_and_is_closed()
    {
        RecordingOutput output = new(TimeSpan.FromMinutes(1));
        await using Engine engine = new(new EngineOptions { TimeProvider = clock });
        engine.Add(Reactor.Empty.To(output), "one");
        engine.Add(Reactor.Empty.To(output), "two");
        OutputQueue queue = Assert.Single(engine.Outputs);

        engine.Remove("one");
        Assert.Equal([queue], engine.Outputs);

        engine.Feed(Of("a"));
        engine.Feed(Of("b"));
        engine.Remove("two");
        Assert.Empty(engine.Outputs);
        await engine.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal((2, 0), (queue.Report.Sent, queue.Pending));
    }

    [Fact]
    public void Tags_are_one_key_however_their_JSON_is_written()
    {
        Engine engine = new(new EngineOptions { TimeProvider = clock });
        engine.Add(Reactor.By("tags", r => r.Then(() => new Counting())), null, recorder);
        engine.Feed(Event.Parse("""{"service":"a","tags":["x","y"]}"""));
        engine.Feed(Event.Parse("""{"service":"b","tags":["x", "\u0079"]}"""));
        engine.Feed(Event.Parse("""{"service":"c","tags":["xy"]}"""));
        Assert.Equal(["a=1", "b=2", "c=1"], recorder.Lines);
    }
}
