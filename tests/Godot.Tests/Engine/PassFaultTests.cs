using FsCheck;
using FsCheck.Fluent;
using Godot.Events;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>Whatever throws wherever in a pass: the next event through the same way is seen by all.</summary>
public sealed class PassFaultTests
{
    readonly FakeTimeProvider clock = new();
    readonly Recorder recorder = new();

    static Event Of(string service, double? metric = null) => new() { Service = service, Metric = metric };

    [Fact]
    public void An_exception_that_cannot_say_what_it_is_loses_that_event_and_nothing_else()
    {
        LogLines log = new();
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1, LoggerFactory = log });
        engine.Add(Reactor.By("host",
            r => r.ExceptionStream(inner => inner.Map(e => e.Metric == 13 ? throw new Unspeakable() : e),
                failed => failed.By("state", r => r))), "odd", recorder);
        Intake intake = engine.OpenIntake();
        Run(intake, Of("a", 1), Of("b", 13), Of("c", 3));
        Run(intake, Of("d", 4));
        Assert.Equal(["a=1", "c=3", "d=4"], recorder.Lines);
        Assert.Equal(1, engine.StageCounts().Sum(stage => stage.Failed));
        Assert.StartsWith("Error: Reactor odd: stage by/exceptionstream/events/map threw and lost 1 events", Assert.Single(log.Lines),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_to_an_exception_stream_says_that_the_message_cannot_be_read()
    {
        Collector told = new();
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        engine.Add(Reactor.ExceptionStream(inner => inner.Map(e => throw new Unspeakable()), failed => failed.Then(() => told)), "odd");
        engine.Feed(Of("a", 1));
        Assert.Equal(["Unspeakable: Unspeakable (its message cannot be read: that throws InvalidOperationException)"], told.Descriptions);
    }

    [Fact]
    public void Whoever_listens_and_throws_is_told_so_after_all_others_have_heard_everything()
    {
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        ThrowingTap tap = new(times: 1);
        engine.Add(Reactor.Empty, "first", tap);
        engine.Add(Reactor.By("host", r => r.Then(() => new Counting())).Across(r => r), "second", recorder);
        Intake intake = engine.OpenIntake();
        Assert.Throws<NotSupportedException>(() => Run(intake, Of("a", 5), Of("b", 5)));
        Run(intake, Of("c", 5));
        Assert.Equal(["b", "c"], tap.Heard);
        Assert.Equal(["a=1", "b=2", "c=3"], recorder.Lines);
    }

    [Fact]
    public void A_clock_that_throws_leaves_no_lane_locked_and_no_bag_filled()
    {
        BrokenClock broken = new();
        Engine engine = new(new EngineOptions { TimeProvider = broken, Lanes = 2 });
        engine.Add(Reactor.By("service", r => r.Then(() => new Counting())), "count", recorder);
        Intake intake = engine.OpenIntake();
        for (int after = 0; after < 30; after++)
        {
            broken.ThrowsAfter = after;
            Block block = new();
            foreach (string service in (string[])["a", "b", "c", "d"]) block.Add(Of(service, 0));
            try
            {
                intake.Run(block);
            }
            catch (NotSupportedException)
            {
            }
            broken.ThrowsAfter = int.MaxValue;
            int before = recorder.Lines.Count;
            Run(intake, Of("z" + after, 1));
            Assert.Equal([$"z{after}=1"], recorder.Lines.Skip(before));
        }
    }

    /// <summary>Recipes whose functions, stages and batches throw whenever a number says so.</summary>
    [Fact]
    public void Wherever_something_throws_every_other_event_is_seen_by_every_reactor() => Prop.ForAll<int[]>(Check)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithQuietOnSuccess(true));

    static void Check(int[] seeds)
    {
        Random random = new(seeds.Length == 0 ? 0 : seeds[0]);
        FakeTimeProvider clock = new();
        LogLines log = new() { Broken = random.Next(4) == 0 };
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 + random.Next(3), LoggerFactory = log });
        Switch on = new();
        List<Recorder> recorders = [];
        for (int i = 0; i < 3; i++)
        {
            recorders.Add(new Recorder());
            engine.Add(Faulty(Reactor.Empty, random, on, depth: 3), "r" + i, recorders[i]);
        }
        Intake intake = engine.OpenIntake();
        foreach (int seed in seeds.Append(1))
        {
            // A block in which something throws for some of the events ...
            Random faults = new(seed);
            on.Throws = () => faults.Next(3) == 0;
            Block block = new();
            for (int i = 0; i < 6; i++) block.Add(Of("s" + faults.Next(3), i));
            intake.Run(block);
            clock.Advance(TimeSpan.FromMilliseconds(500));

            // ... and one in which nothing does: all of it is seen by all.
            on.Throws = () => false;
            int[] before = [.. recorders.Select(recorder => recorder.Lines.Count)];
            Run(intake, Of("s1", 7), Of("s2", 8));
            Assert.All(recorders.Zip(before), pair =>
                Assert.Equal(["s1=7", "s2=8"], pair.First.Lines.Skip(pair.Second).Where(line => line.StartsWith('s')).Distinct().Order()));
        }
    }

    static Reactor Faulty(Reactor recipe, Random random, Switch on, int depth)
    {
        for (int left = 1 + random.Next(3); left > 0; left--)
        {
            recipe = random.Next(depth > 0 ? 9 : 4) switch
            {
                0 => recipe.Map(e => on.Pass(e)),
                1 => recipe.Where(e => on.Pass(e).Service is not null),
                2 => recipe.Then(() => new FaultyStage(on)),
                3 => recipe.Batch(1, TimeSpan.FromSeconds(1)).Map(batch => on.Pass(batch)).Each(),
                4 => recipe.By(e => on.Pass(e).Service, r => Inner(r)),
                5 => recipe.ExceptionStream(r => Inner(r), r => r.Map(e => on.Pass(e))),
                6 => recipe.Around(r => Inner(r)),
                7 => recipe.Split(Branch.When(e => on.Pass(e).Metric == 7, r => Inner(r)), Branch.Else(r => Inner(r))),
                _ => recipe.Across(r => Inner(r)),
            };
        }
        return recipe;

        Reactor Inner(Reactor r) => Faulty(r, random, on, depth - 1);
    }

    static void Run(Intake intake, params ReadOnlySpan<Event> events)
    {
        Block block = new();
        foreach (Event e in events) block.Add(e);
        intake.Run(block);
    }

    sealed class Switch
    {
        public Func<bool> Throws { get; set; } = () => false;

        public EventView Pass(EventView e) => Throws() ? throw Fault(e.Metric ?? 0) : e;

        public IReadOnlyList<Event> Pass(IReadOnlyList<Event> batch) => Throws() ? throw Fault(batch.Count) : batch;

        static Exception Fault(double number) => (int)number % 3 == 0 ? new Unspeakable() : new InvalidDataException();
    }

    sealed class FaultyStage(Switch on) : Stage
    {
        public override void On(EventView e)
        {
            After(TimeSpan.FromMilliseconds(100), () => on.Pass(new Event { Service = "timer" }));
            Send(on.Pass(e));
        }

        protected override void Flush() => on.Pass(new Event { Service = "flush" });
    }

    sealed class Unspeakable : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");

        public override string ToString() => throw new InvalidOperationException("no text");
    }

    sealed class Collector : Stage
    {
        public List<string?> Descriptions { get; } = [];

        public override void On(EventView e) => Descriptions.Add(e.Description);
    }

    sealed class ThrowingTap(int times) : ITap
    {
        int left = times;

        public List<string?> Heard { get; } = [];

        public void On(string reactor, EventView e)
        {
            if (left-- > 0) throw new NotSupportedException();
            Heard.Add(e.Service);
        }

        public void On(string reactor, IReadOnlyList<Event> batch) => throw new InvalidOperationException();
    }

    sealed class BrokenClock : TimeProvider
    {
        public int ThrowsAfter { get; set; } = int.MaxValue;

        public override long GetTimestamp() => ThrowsAfter-- > 0 ? 1 : throw new NotSupportedException();
    }
}
