using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>What stages post while events flow.</summary>
public sealed class PostTests
{
    readonly Recorder recorder = new();

    static Event Of(string service, double? metric = null) => new() { Service = service, Metric = metric };

    /// <summary>Sends each event, and again by an action that it posts.</summary>
    sealed class Twice : Stage
    {
        public override void On(EventView e)
        {
            Event kept = e.ToEvent();
            Send(e);
            Post(() => Send(kept));
        }
    }

    [Fact]
    public void What_a_posted_action_emits_is_handed_over_whoever_runs_it()
    {
        Engine engine = new(new EngineOptions { Lanes = 1 });
        engine.Add(Reactor.Empty.Then(() => new Twice()).By("service", r => r.Ewma(0.5)), null, recorder);
        for (int i = 0; i < 500; i++) engine.Feed(Of("a", 1));
        Assert.True(SpinWait.SpinUntil(() => recorder.Lines.Count == 1000, TimeSpan.FromSeconds(5)),
            $"{recorder.Lines.Count} of 1000 came out.");
    }

    [Fact]
    public void Nor_is_it_lost_when_another_reactor_is_added_or_removed()
    {
        Engine engine = new(new EngineOptions { Lanes = 1 });
        engine.Add(Reactor.Empty.Then(() => new Twice()), null, recorder);
        for (int i = 0; i < 500; i++)
        {
            engine.Feed(Of("a", 1));
            if (i % 2 == 0) engine.Add(Reactor.Expire(TimeSpan.FromDays(1), expecting: [("h", "s")]), "other");
            else engine.Remove("other");
        }
        Assert.True(SpinWait.SpinUntil(() => recorder.Lines.Count == 1000, TimeSpan.FromSeconds(5)),
            $"{recorder.Lines.Count} of 1000 came out.");
    }

    [Fact]
    public void What_was_posted_before_a_reactor_is_removed_is_still_run()
    {
        for (int i = 0; i < 100; i++)
        {
            Engine engine = new(new EngineOptions { Lanes = 1 });
            Recorder each = new();
            engine.Add(Reactor.Empty.Then(() => new Twice()), "r", each);
            engine.Feed(Of("a", 1));
            engine.Remove("r");
            Assert.True(SpinWait.SpinUntil(() => each.Lines.Count == 2, TimeSpan.FromSeconds(5)));
        }
    }

    [Fact]
    public void What_it_emits_comes_before_what_later_events_of_its_key_do()
    {
        FakeTimeProvider clock = new();
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        engine.Add(Reactor.Across(r => r.Then(() => new Late())).Over(0), null, recorder);
        clock.Advance(TimeSpan.FromSeconds(1));
        SegmentShard shard = engine.Plan.Reactors[0].Entry.Shards[0];
        Intake pass = engine.OpenIntake();
        pass.RunLane(shard.Lane, lane =>
        {
            shard.Run(Of("first", 1), SegmentShard.OnlyKey);
            lane.RunPosted();
            lane.Pass.Rank = (7, 0);
            shard.Run(Of("second", 2), SegmentShard.OnlyKey);
        });
        pass.Deliver();
        Assert.Equal(["first=1", "second=2"], recorder.Lines);
    }

    sealed class Late : Stage
    {
        public override void On(EventView e)
        {
            if (e.Service == "second")
            {
                Send(e);
                return;
            }
            Event kept = e.ToEvent();
            Post(() => Send(kept));
        }
    }

    [Fact]
    public void An_action_that_posts_itself_again_and_again_lets_others_run()
    {
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(5));
        Engine engine = new(new EngineOptions { Lanes = 1 });
        engine.Add(Reactor.Where("service", "a").Then(() => new Restless(stop.Token)));
        engine.Feed(Of("a"));
        for (int i = 0; i < 100; i++) engine.Feed(Of("b"));
        Assert.False(stop.IsCancellationRequested);
        stop.Cancel();
    }

    sealed class Restless(CancellationToken stop) : Stage
    {
        public override void On(EventView e) => Act();

        void Act()
        {
            if (!stop.IsCancellationRequested) Post(Act);
        }
    }
}
