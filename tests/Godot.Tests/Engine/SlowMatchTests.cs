using System.Text.RegularExpressions;
using Godot.Events;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>Texts that a regular expression backtracks over for years, in a running engine.</summary>
public sealed class SlowMatchTests : IDisposable
{
    // It looks ahead, so that it cannot be built without backtracking.
    static readonly Regex Slow = new("^(?=a)(a+)+$");

    static readonly string Evil = new string('a', 40) + "!";

    readonly Recorder recorder = new();
    readonly LogLines log = new();

    public void Dispose() => log.Dispose();

    static long Failed(Engine engine, string reactor) =>
        engine.StageCounts().Where(stage => stage.Reactor == reactor).Sum(stage => stage.Failed);

    [Fact]
    public async Task It_is_lost_in_that_reactor_and_all_others_flow_on_every_lane()
    {
        const int threads = 4, each = 500, evil = 10;
        await using Engine engine = new(new EngineOptions { Lanes = 4, LoggerFactory = log });
        engine.Add(Reactor.Where("description", Slow), "slow", recorder);
        engine.Add(Reactor.Where("description", new Regex("^(a+)+$")), "linear", recorder);
        Counter all = new();
        engine.Add(Reactor.Empty, "all", all);

        long begin = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < each; i++)
                engine.Feed(new Event { Host = $"h{thread}", Service = $"s{i}", Description = i % (each / evil) == 0 ? Evil : "fine" });
        }, TestContext.Current.CancellationToken)));

        Assert.Equal(threads * each, all.Count);
        Assert.Equal((threads * evil, 0), (Failed(engine, "slow"), Failed(engine, "linear")));
        Assert.Empty(recorder.Lines);
        // Forty matches of 10 ms; without the limit it would be centuries.
        Assert.InRange(TimeProvider.System.GetElapsedTime(begin).TotalSeconds, 0, 20);
        // Once a minute; two threads may have lost one each by then.
        Assert.Single(log.Lines, line => line.StartsWith("Error: Reactor slow: stage where threw and lost ", StringComparison.Ordinal));
    }

    sealed class Counter : ITap
    {
        int count;

        public int Count => count;

        public void On(string reactor, EventView e) => Interlocked.Increment(ref count);

        public void On(string reactor, IReadOnlyList<Event> batch)
        {
        }
    }

    [Fact]
    public void A_series_whose_name_takes_too_long_is_lost_event_by_event_and_said_so_and_no_other_is()
    {
        Engine engine = new(new EngineOptions { Lanes = 1, TimeProvider = new FakeTimeProvider(), LoggerFactory = log });
        engine.Add(Reactor.Where("service", Slow), "slow", recorder);
        engine.Add(Reactor.Where("service", new Regex("a+")), "second", recorder);

        engine.Feed(Sample.Of(Evil, 1));
        engine.Feed(Sample.Of("aaa", 2));
        engine.Feed(Sample.Of(Evil, 3));
        engine.Feed(Sample.Of("b", 4));

        Assert.Equal([$"{Evil}=1", "aaa=2", "aaa=2", $"{Evil}=3"], recorder.Lines);
        Assert.Equal((2, 0), (Failed(engine, "slow"), Failed(engine, "second")));
        Assert.Single(log.Lines,
            line => line.Contains($"threw and lost 1 events since it was last said; the last one was {Evil}", StringComparison.Ordinal));
    }

    [Fact]
    public void In_branches_it_is_lost_too_and_the_exception_says_what_to_change()
    {
        Engine engine = new(new EngineOptions { Lanes = 1, TimeProvider = new FakeTimeProvider(), LoggerFactory = log });
        engine.Add(Reactor.ExceptionStream(r => r.Split(Branch.When("description", Slow, branch => branch), Branch.Else(branch => branch)),
            failed => failed.Publish("failed")), "split", recorder);
        List<string?> texts = [];
        engine.Add(Reactor.Subscribe("failed").Where(e =>
        {
            texts.Add(e.Description);
            return false;
        }));
        engine.Feed(new Event { Service = "x", Metric = 1, Description = Evil });
        engine.Feed(new Event { Service = "x", Metric = 2, Description = "aa" });
        Assert.Equal(["x=2"], recorder.Lines);
        Assert.Contains("took longer than 10 ms for a text of 41 characters; write it without", Assert.Single(texts),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pass_takes_the_lanes_that_are_free_before_it_waits_for_one_that_is_not()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        using ManualResetEventSlim released = new(), held = new();
        await using Engine engine = new(new EngineOptions { Lanes = 8 });
        Counter seen = new();
        engine.Add(Reactor.Where(e =>
        {
            if (e.Service == "holds")
            {
                held.Set();
                released.Wait(TimeSpan.FromSeconds(30));
            }
            else seen.On("", e);
            return true;
        }), "all", recorder);
        Task holding = Task.Run(() => engine.Feed(Sample.Of("holds")), cancelled);
        Assert.True(held.Wait(TimeSpan.FromSeconds(10), cancelled));

        // One block for all lanes: what is on the lane that is held waits, the others do not.
        Block block = new();
        for (int i = 0; i < 800; i++)
        {
            block.Add(Sample.Of($"s{i}", i));
            block.Rows[i].Time = engine.UtcNow;
        }
        PassKeys keys = new(8);
        keys.Take(block);
        int lane = PassKeys.LaneOf(SeriesKey.Hash(Sample.Of("holds")), 8), others = 800 - keys.Of(lane).Length;
        Task<int> pass = Task.Run(() => engine.OpenIntake().Run(block), cancelled);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        late.CancelAfter(TimeSpan.FromSeconds(10));
        while (seen.Count < others) await Task.Delay(5, late.Token);
        Assert.False(pass.IsCompleted);
        Assert.InRange(others, 1, 799);
        Assert.Equal(others, seen.Count);

        released.Set();
        await holding;
        await pass;
        Assert.Equal(Enumerable.Range(0, 800).Select(i => $"s{i}={i}"), recorder.Lines.Where(line => line != "holds="));
    }
}
