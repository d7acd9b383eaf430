using Godot.Common;
using Godot.Runtime;

namespace Godot.Tests;

/// <summary>What is saved is of one moment, whatever happens while it is written.</summary>
public sealed class SnapshotTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Minute = TimeSpan.FromMinutes(1);
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_comes_while_it_is_written_is_not_part_of_it(int lanes)
    {
        Run interrupted = new(lanes), twin = new(lanes);
        foreach (Run run in (Run[])[interrupted, twin])
        {
            for (int i = 0; i < 20_000; i++) run.Feed(i % 7000, i);
            run.Clock.Advance(30 * Second);
        }
        byte[] whole = twin.Save();

        int at = 0;
        // Old keys change, in an order of their own, new ones come, deadlines pass, and so do keys that were idle.
        byte[] torn = interrupted.Save(() =>
        {
            for (int i = 0; i < 50; i++, at++) interrupted.Feed(at * 31 % 9000, at);
            interrupted.Clock.Advance(Second);
        });

        Assert.True(at >= 1000, $"{at} events came while it was written");
        Assert.Equal(Heirs(whole, lanes), Heirs(torn, lanes));
    }

    [Fact]
    public void Keys_that_are_freed_while_it_is_written_are_part_of_it()
    {
        Run run = new(lanes: 2, new EngineOptions { IdleAfter = TimeSpan.FromDays(10) });
        for (int i = 0; i < 10_000; i++) run.Feed(i, i);
        int keys = 0;
        byte[] saved = run.Save(() =>
        {
            run.Clock.Advance(TimeSpan.FromDays(90));
            keys = run.Engine.SeriesCount;
        });

        Assert.Equal(0, keys);
        Run loaded = new(lanes: 3);
        Assert.Equal(10_000, loaded.Load(saved).First(carried => carried.Step == "by/sum").Keys);
        Assert.Equal(10_000, loaded.Engine.SeriesCount);
    }

    [Fact]
    public void A_stage_that_cannot_say_what_it_holds_harms_nobody_else()
    {
        Run run = new(lanes: 1);
        run.Engine.Add(Reactor.Where(static _ => true).Then(() => new Mute()), "mute", run.Recorder);
        run.Feed(1, 1);
        byte[] saved = run.Save(() => run.Feed(1, 2));

        Run loaded = new(lanes: 1);
        loaded.Engine.Add(Reactor.Where(static _ => true).Then(() => new Mute()), "mute", loaded.Recorder);
        Assert.All(loaded.Load(saved), carried => Assert.Null(carried.LeftOut));
        Assert.Equal(1, run.Engine.StageCounts().Where(count => count.Reactor == "mute").Sum(count => count.Failed));
    }

    [Fact]
    public void A_save_that_is_called_off_leaves_nothing_behind()
    {
        Run run = new(lanes: 2);
        for (int i = 0; i < 5000; i++) run.Feed(i, i);
        using CancellationTokenSource off = new();
        off.Cancel();

        Assert.Throws<OperationCanceledException>(() => run.Engine.Save(new MemoryStream(), off.Token));

        Assert.All(run.Engine.Lanes, lane => Assert.All(run.Shards, shard => Assert.Null(shard.Moment)));
        Assert.Equal(Heirs(run.Save(), 1), Heirs(run.Save(), 1));
    }

    [Fact]
    public void A_partition_depends_on_names_and_a_seed_alone_and_all_are_used()
    {
        byte[][] names = [.. Enumerable.Range(0, 100_000).Select(i => System.Text.Encoding.UTF8.GetBytes($"host-{i}"))];
        int[] counts = new int[Partition.Count];
        foreach (byte[] name in names) counts[Partition.Of(5, "cpu", name, "cpu"u8)]++;

        // A hundred each, give or take: with fair dice one in a million is beyond five deviations.
        Assert.InRange(counts.Min(), 50, 100);
        Assert.InRange(counts.Max(), 100, 150);
        Assert.NotEqual(names.Select(name => Partition.Of(5, "cpu", name, [])), names.Select(name => Partition.Of(6, "cpu", name, [])));
        Assert.Equal(210, Partition.Of(5, "cpu", "app"u8, "cpu"u8));
    }

    public static TheoryData<string> Names => [.. Examples.Names];

    /// <summary>Whoever hands us a file that was cut off hears so.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_saved_of_a_verb_may_be_cut_anywhere(string name)
    {
        byte[] saved = SavedOf(name, out Recipe recipe);
        for (int cut = 0; cut < saved.Length; cut += 1 + saved.Length / 60)
        {
            (Engine other, VirtualClock later) = Of(recipe);
            Assert.Throws<InvalidDataException>(() => other.Load(new MemoryStream(saved[..cut])));
            other.Feed(new Event { Host = "h", Service = "s", State = "ok", Metric = 1 });
            later.Advance(Minute);
            other.Abandon();
        }
    }

    /// <summary>
    /// Bits that flip in a server's files are seen by their checksum. An engine by itself says so, or takes a number for what it says; it
    /// asks for no more memory than there are bytes.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_saved_of_a_verb_may_be_damaged_anywhere(string name)
    {
        byte[] saved = SavedOf(name, out Recipe recipe);
        Random random = new(7);
        for (int i = 0; i < 40; i++)
        {
            byte[] damaged = [.. saved];
            for (int left = random.Next(1, 4); left > 0; left--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            (Engine other, VirtualClock later) = Of(recipe);
            long before = GC.GetTotalAllocatedBytes();
            try
            {
                other.Load(new MemoryStream(damaged));
            }
            catch (InvalidDataException)
            {
                // It said so.
            }
            long asked = GC.GetTotalAllocatedBytes() - before;
            Assert.True(asked < 200_000_000, $"it asked for {asked:N0} bytes");
            other.Feed(new Event { Host = "h", Service = "s", State = "ok", Metric = 1 });
            later.Advance(Minute);
            other.Abandon();
        }
    }

    // What an engine holds after a verb's example.
    static byte[] SavedOf(string name, out Recipe recipe)
    {
        ReactorTest example = Examples.Run(name);
        recipe = example.Recipe;
        (Engine engine, VirtualClock clock) = Of(recipe);
        foreach ((TimeSpan at, Event e) in example.Arrivals)
        {
            clock.Advance(Start + at - clock.GetUtcNow());
            engine.Feed(e);
        }
        using MemoryStream stream = new();
        engine.Save(stream, static () => { });
        engine.Abandon();
        return stream.ToArray();
    }

    static (Engine Engine, VirtualClock Clock) Of(Recipe recipe)
    {
        VirtualClock clock = new(Start);
        // The same bytes, and the same damage, in each run.
        Engine engine = new(new EngineOptions { TimeProvider = clock, WaitsForTasks = true }) { PartitionSeed = 7 };
        engine.Add(recipe, "it", new Nobody());
        return (engine, clock);
    }

    // What comes out of an engine that goes on from there, after the same events.
    static IReadOnlyList<string> Heirs(byte[] saved, int lanes)
    {
        Run run = new(lanes);
        Assert.All(run.Load(saved), carried => Assert.Null(carried.LeftOut));
        for (int i = 0; i < 9000; i += 3) run.Feed(i, 1);
        run.Clock.Advance(TimeSpan.FromMinutes(5));
        return run.Recorder.Lines;
    }

    sealed class Run
    {
        public Run(int lanes, EngineOptions? options = null)
        {
            Engine = new Engine((options ?? new EngineOptions()) with { TimeProvider = Clock, Lanes = lanes });
            Engine.Add(Reactor.By("host", each => each.Sum()), "sums", Recorder);
            Engine.Add(Reactor.MovingAverage(3), "averages", Recorder);
            Engine.Add(Reactor.Expire(Minute), "silent", Recorder);
            Engine.Add(Reactor.By(["host", "service"], each => each.Throttle(2, TimeSpan.FromHours(1))).MovingAverage(2), "few", Recorder);
            Engine.Add(Reactor.Where(static _ => true).Then(() => new Own()), "own", Recorder);
        }

        public VirtualClock Clock { get; } = new(Start);

        public Engine Engine { get; }

        public Recorder Recorder { get; } = new();

        public IEnumerable<SegmentShard> Shards =>
            Engine.Plan.Reactors.SelectMany(reactor => reactor.Segments).SelectMany(segment => segment.Shards);

        public void Feed(int host, double metric) =>
            Engine.Feed(new Event { Host = $"h{host}", Service = $"s{host % 3}", Metric = metric });

        public byte[] Save(Action? between = null)
        {
            using MemoryStream stream = new();
            Engine.Save(stream, between ?? (static () => { }));
            return stream.ToArray();
        }

        public IReadOnlyList<CarriedState> Load(byte[] saved) => Engine.Load(new MemoryStream(saved));
    }

    /// <summary>Stands in the place of all outputs.</summary>
    sealed class Nobody : ITap
    {
        public ITap InPlaceOf(OutputRecipe output) => this;

        public void On(string reactor, EventView e)
        {
        }

        public void On(string reactor, IReadOnlyList<Event> batch)
        {
        }
    }

    /// <summary>A user's, with fields of its own.</summary>
    sealed class Own : Stage
    {
        double total;

        public override void On(EventView e) => Send(e with { Metric = total += e.Metric ?? 0 });

        protected override void Save(StateWriter state) => state.Write(total);

        protected override void Load(StateReader state) => total = state.ReadDouble();
    }

    sealed class Mute : Stage
    {
        public override void On(EventView e) => Send(e);

        protected override void Save(StateWriter state) => throw new InvalidOperationException("not now");
    }
}
