using System.Collections.Concurrent;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>Functions that take their time, in an engine that does not wait for them.</summary>
public sealed class AsyncTests
{
    readonly Recorder recorder = new();
    readonly FakeTimeProvider clock = new();
    readonly ConcurrentDictionary<string, TaskCompletionSource<Event?>> calls = new();

    Task<Event?> Call(Event e, CancellationToken cancellationToken) => calls.GetOrAdd(e.Service!, _ => new()).Task;

    Engine Start(AsyncOptions? options = null, int lanes = 2)
    {
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = lanes });
        engine.Add(Reactor.Map(Call, options), "r", recorder);
        return engine;
    }

    static void Feed(Engine engine, params ReadOnlySpan<string> services)
    {
        foreach (string service in services) engine.Feed(new Event { Service = service, Metric = 1 });
    }

    void Answer(string service, double metric) => calls[service].SetResult(new Event { Service = service, Metric = metric });

    void Comes(params string[] lines) =>
        Assert.True(SpinWait.SpinUntil(() => recorder.Lines.Count >= lines.Length, TimeSpan.FromSeconds(20))
            && lines.SequenceEqual(recorder.Lines), string.Join(' ', recorder.Lines));

    static long Lost(Engine engine) => engine.StageCounts().Sum(stage => stage.Failed);

    [Fact]
    public void Answers_pass_in_the_order_of_the_events()
    {
        Engine engine = Start();
        Feed(engine, "a", "b", "c");
        Answer("c", 3);
        Answer("b", 2);
        Answer("a", 1);
        Comes("a=1", "b=2", "c=3");
    }

    [Fact]
    public void Or_as_they_come_if_told_so()
    {
        Engine engine = Start(new AsyncOptions { KeepOrder = false });
        Feed(engine, "a", "b", "c");
        Answer("b", 2);
        Comes("b=2");
        Answer("c", 3);
        Comes("b=2", "c=3");
        Answer("a", 1);
        Comes("b=2", "c=3", "a=1");
    }

    [Fact]
    public void No_more_calls_are_under_way_than_may_be()
    {
        Engine engine = Start(new AsyncOptions { Concurrency = 2 });
        Feed(engine, "a", "b", "c", "d");
        Assert.Equal(["a", "b"], calls.Keys.Order());
        Answer("b", 2);
        Assert.True(SpinWait.SpinUntil(() => calls.ContainsKey("c"), TimeSpan.FromSeconds(20)));
        Assert.False(calls.ContainsKey("d"));
        Answer("a", 1);
        Comes("a=1", "b=2");
    }

    [Fact]
    public void What_comes_beyond_the_bound_is_lost_and_counted()
    {
        Engine engine = Start(new AsyncOptions { Concurrency = 1, Capacity = 2 });
        Feed(engine, "a", "b", "c", "d", "e");
        Assert.Equal(2, Lost(engine));
        foreach (string service in (string[])["a", "b", "c"])
        {
            Assert.True(SpinWait.SpinUntil(() => calls.ContainsKey(service), TimeSpan.FromSeconds(20)));
            Answer(service, 1);
        }
        Comes("a=1", "b=1", "c=1");
    }

    [Fact]
    public void A_call_that_throws_loses_its_event_alone_and_an_exception_stream_is_told()
    {
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        RecordingRecipe lost = new();
        engine.Add(Reactor.ExceptionStream(r => r.Map(Call), failed => failed.To(lost)), "r", recorder);
        Feed(engine, "a", "b");
        calls["a"].SetException(new InvalidOperationException("boom"));
        Answer("b", 2);
        Comes("b=2");
        Assert.Equal(1, Lost(engine));
        Assert.True(SpinWait.SpinUntil(() => lost.Descriptions.Count == 1, TimeSpan.FromSeconds(20)));
        Assert.Equal("InvalidOperationException: boom", lost.Descriptions.Single());
    }

    sealed record RecordingRecipe : OutputRecipe
    {
        public ConcurrentQueue<string?> Descriptions { get; } = new();

        public override string Name => "recording";

        public override IOutput Open(OutputContext context) => new Recording(Descriptions);

        sealed class Recording(ConcurrentQueue<string?> descriptions) : IOutput
        {
            public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
            {
                foreach (Event e in notifications.SelectMany(notification => notification.Events)) descriptions.Enqueue(e.Description);
                return Task.CompletedTask;
            }
        }
    }

    [Fact]
    public void A_call_that_takes_too_long_is_told_to_stop_and_loses_its_event()
    {
        CancellationToken told = default;
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        engine.Add(Reactor.Where(async (e, stop) =>
        {
            if (e.Service == "slow")
            {
                told = stop;
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, CancellationToken.None);
            }
            return true;
        }, new AsyncOptions { Timeout = TimeSpan.FromSeconds(3) }), "r", recorder);
        Feed(engine, "slow", "quick");
        clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(told.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Comes("quick=1");
        Assert.True(told.IsCancellationRequested);
        Assert.Equal(1, Lost(engine));
    }

    [Fact]
    public async Task When_the_server_stops_calls_under_way_are_waited_for_and_the_rest_is_lost()
    {
        Engine engine = Start(new AsyncOptions { Concurrency = 2 });
        Feed(engine, "a", "b", "c");
        Task answers = Task.Run(() =>
        {
            AwaitFlush(engine);
            Answer("b", 2);
            Answer("a", 1);
        }, TestContext.Current.CancellationToken);
        await engine.StopAsync(TestContext.Current.CancellationToken);
        await answers;
        Assert.Equal(["a=1", "b=2"], recorder.Lines);
        Assert.Equal(1, Lost(engine));
    }

    // Until somebody holds the lane.
    static void AwaitFlush(Engine engine)
    {
        Exchange pass = new(engine);
        Lane lane = engine.Plan.Reactors[0].Segments[^1].Shards[0].Lane;
        SpinWait.SpinUntil(() =>
        {
            if (!lane.TryEnter(pass, TimeSpan.Zero, out Lane.Run run)) return true;
            run.Dispose();
            return false;
        });
    }

    [Fact]
    public void What_is_under_way_is_saved_and_asked_again_where_it_is_loaded()
    {
        Engine engine = Start(new AsyncOptions { Concurrency = 1 });
        Feed(engine, "a", "b");
        using MemoryStream state = new();
        engine.Save(state, TestContext.Current.CancellationToken);
        engine.Abandon();
        calls.Clear();

        state.Position = 0;
        Engine next = Start(new AsyncOptions { Concurrency = 1 }, lanes: 1);
        Assert.Empty(next.LoadSaved(state));
        clock.Advance(TimeSpan.FromSeconds(1));
        Answer("a", 1);
        Assert.True(SpinWait.SpinUntil(() => calls.ContainsKey("b"), TimeSpan.FromSeconds(20)));
        Answer("b", 2);
        Comes("a=1", "b=2");
    }

    [Fact]
    public void A_key_is_not_forgotten_while_a_call_is_under_way()
    {
        Engine engine =
            new(new EngineOptions { TimeProvider = clock, Lanes = 1, IdleAfter = TimeSpan.FromSeconds(10),
                ForgetAfter = TimeSpan.FromSeconds(10) });
        engine.Add(Reactor.By("service", r => r.Map(Call, new AsyncOptions { Timeout = TimeSpan.FromHours(1) })), "r", recorder);
        Feed(engine, "a");
        for (int i = 0; i < 10; i++) clock.Advance(TimeSpan.FromSeconds(5));
        Answer("a", 1);
        Comes("a=1");
    }

    [Fact]
    public void Thousands_of_events_through_functions_of_all_speeds_keep_their_order()
    {
        Engine engine = new(new EngineOptions { Lanes = 2 });
        engine.Add(Reactor.Map(async (e, stop) =>
        {
            for (int i = 0; i < (int)e.Metric! % 5; i++) await Task.Yield();
            return e;
        }, new AsyncOptions { Capacity = 10_000 }), "r", recorder);
        for (int i = 0; i < 5_000; i++) engine.Feed(new Event { Service = "s", Metric = i });
        Assert.True(SpinWait.SpinUntil(() => recorder.Lines.Count == 5_000, TimeSpan.FromSeconds(60)),
            $"{recorder.Lines.Count} came, {Lost(engine)} were lost.");
        Assert.Equal(Enumerable.Range(0, 5_000).Select(i => $"s={i}"), recorder.Lines);
    }

    [Fact]
    public void A_test_waits_for_every_call()
    {
        async Task<Event?> Slow(Event e, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            return e.Metric < 0 ? null : e with { Metric = e.Metric * 2 };
        }
        Reactors.Test(r => r.Map(Slow)).Given(1, -1, 3).Emits(2d, 6).Restart().Given(4).Emits(8d);
    }

    [Fact]
    public void A_function_that_throws_at_once_or_returns_no_task_loses_its_event() =>
        Reactors.Test(r =>
            r.Map((e, stop) => e.Metric == 1 ? throw new InvalidOperationException() : e.Metric == 2 ? null! : Task.FromResult<Event?>(e)))
            .Given(1, 2, 3).Loses(2).Emits(3d);

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Reactor.Map(Call, new AsyncOptions { Concurrency = 0 }));
        Assert.Throws<ArgumentException>(() => Reactor.Map(Call, new AsyncOptions { Capacity = -1 }));
        Assert.Throws<ArgumentException>(() => Reactor.Map(Call, new AsyncOptions { Timeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => Reactor.Map(Call, new AsyncOptions { Timeout = Timeout.InfiniteTimeSpan }));
    }
}
