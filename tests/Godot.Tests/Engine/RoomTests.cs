using System.Globalization;
using Godot.Events;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>What is forgotten early when there are as many series, or keys, as may be.</summary>
public sealed class RoomTests
{
    readonly FakeTimeProvider clock = new();
    readonly Recorder recorder = new();

    static Event Of(string service, string? host = null) => new() { Host = host, Service = service, Metric = 1 };

    Engine NewEngine(int maxSeries = 1000, int maxKeys = 1000, long maxNameBytes = 1 << 20, int lanes = 1) =>
        new(new() { TimeProvider = clock, Lanes = lanes, MaxSeries = maxSeries, MaxKeys = maxKeys, MaxNameBytes = maxNameBytes });

    void Wait(double seconds)
    {
        for (double left = seconds * 2; left > 0; left--) clock.Advance(TimeSpan.FromSeconds(0.5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_flood_of_series_that_come_once_does_not_make_new_hosts_deaf(int lanes)
    {
        Engine engine = NewEngine(maxSeries: 200, lanes: lanes);
        engine.Add(Reactor.Where("service", "beat").ChangedState(), "states", recorder);
        int flood = 0;
        void Flood(int count)
        {
            for (int i = 0; i < count; i++) engine.Feed(Of("junk" + flood++.ToString(CultureInfo.InvariantCulture)));
        }

        for (int i = 0; i < 5; i++) engine.Feed(Of("beat", "old" + i) with { State = "critical" });
        Flood(1000);
        int heard = 0;
        for (int second = 0; second < 60; second++)
        {
            Flood(20);
            for (int i = 0; i < 5; i++) engine.Feed(Of("beat", "old" + i) with { State = "critical" });
            if (engine.Feed(Of("beat", "new") with { State = "critical" })) heard++;
            Wait(1);
        }
        // Refused at most until there was room for the first time.
        Assert.InRange(heard, 57, 60);
        Assert.InRange(engine.SeriesRoom.Forgotten, 1000, 2200);
        // Those that keep coming were never forgotten: their state would count as a change again.
        Assert.Equal(6, recorder.Lines.Count);
    }

    [Fact]
    public void Those_that_were_idle_longest_go_before_those_that_came_lately()
    {
        Engine engine = NewEngine(maxSeries: 100);
        engine.Add(Reactor.ChangedState(), "states", recorder);
        void Twice(string service)
        {
            engine.Feed(Of(service) with { State = "critical" });
            engine.Feed(Of(service) with { State = "critical" });
        }

        for (int i = 0; i < 50; i++) Twice("idle" + i);
        for (int hour = 0; hour < 7; hour++) Wait(3600);
        for (int i = 0; i < 50; i++) Twice("busy" + i);
        Wait(2);
        Assert.True(engine.Feed(Of("new")));
        Assert.InRange(engine.SeriesRoom.Forgotten, 5, 40);

        int before = recorder.Lines.Count;
        for (int i = 0; i < 50; i++) engine.Feed(Of("busy" + i) with { State = "critical" });
        Assert.Equal(before, recorder.Lines.Count);
    }

    [Fact]
    public void What_waits_for_a_moment_is_spared_as_long_as_something_else_can_go()
    {
        Engine engine = NewEngine(maxSeries: 40);
        engine.Add(Reactor.Where("service", "beat").Expire(TimeSpan.FromHours(1)), "silence", recorder);
        for (int i = 0; i < 20; i++) engine.Feed(Of("beat", "host" + i));
        for (int i = 0; i < 200; i++)
        {
            engine.Feed(Of("junk" + i));
            Wait(0.5);
        }
        for (int i = 0; i < 62; i++) Wait(60);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"host{i}/beat=1"), recorder.Lines);
    }

    [Fact]
    public void But_not_if_all_came_once_and_all_wait()
    {
        Engine engine = NewEngine(maxSeries: 40);
        engine.Add(Reactor.Expire(TimeSpan.FromDays(7)), "silence", recorder);
        for (int i = 0; i < 40; i++) engine.Feed(Of("junk" + i));
        Assert.False(engine.Feed(Of("new")));
        Wait(2);
        Assert.True(engine.Feed(Of("new")));
    }

    [Fact]
    public void It_is_said_by_an_event_and_counted()
    {
        Engine engine = NewEngine(maxSeries: 10);
        engine.Add(Reactor.Where("service", "godot/*"), "notices", recorder);
        for (int i = 0; i < 20; i++) engine.Feed(Of("junk" + i));
        Wait(2);
        engine.Feed(Of("new"));
        string host = Environment.MachineName;
        Assert.Equal([$"{host}/godot/series-exceeded=1", $"{host}/godot/series-forgotten={engine.SeriesRoom.Forgotten}"], recorder.Lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Keys_of_a_By_go_likewise(int lanes)
    {
        Engine engine = NewEngine(maxKeys: 50, lanes: lanes);
        engine.Add(Reactor.Where("service", "request").By(Field.Meta("id"), r => r.Then(() => new Counting())), "by", recorder);
        engine.Add(Reactor.Where("service", "godot/*"), "notices", recorder);
        Event Request(int id) => Of("request") with { Meta = new Dictionary<string, MetaValue> { ["id"] = id } };
        for (int i = 0; i < 400; i++)
        {
            engine.Feed(Request(i));
            engine.Feed(Request(-1));
            Wait(0.5);
        }
        Assert.Contains("request=400", recorder.Lines);
        Assert.Contains(recorder.Lines, line => line.Contains("godot/keys-forgotten", StringComparison.Ordinal));
        Assert.DoesNotContain(recorder.Lines, line => line.Contains("godot/keys-exceeded", StringComparison.Ordinal)
            && !line.EndsWith("=1", StringComparison.Ordinal));
        // Chance decides which keys go, and so how many find no room; all 401 are accounted for.
        RunningReactor by = Assert.Single(engine.Plan.Reactors, reactor => reactor.Name == "by");
        int kept = by.Segments.Sum(segment => segment.Room.Keys);
        Assert.InRange(kept, 1, 50);
        Assert.InRange(by.Refused, 0, 10);
        Assert.Equal(401, by.Forgotten + kept + by.Refused);
    }

    [Fact]
    public void Which_ones_go_does_not_depend_on_the_number_of_lanes()
    {
        List<string> one = Surviving(1);
        Assert.NotEmpty(one);
        foreach (int lanes in (ReadOnlySpan<int>)[2, 5]) Assert.Equal(one, Surviving(lanes));
    }

    static List<string> Surviving(int lanes)
    {
        FakeTimeProvider clock = new();
        Recorder recorder = new();
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = lanes, MaxSeries = 300 });
        engine.Add(Reactor.Empty.Then(() => new Counting()), "count", recorder);
        Random random = new(5);
        for (int step = 0; step < 3000; step++)
        {
            engine.Feed(Of("s" + random.Next(100), "h" + random.Next(step % 7 + 1)));
            if (step % 10 == 0) clock.Advance(TimeSpan.FromMilliseconds(500));
        }
        Assert.InRange(engine.SeriesRoom.Forgotten, 1, int.MaxValue);
        return [.. recorder.Lines];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Room_for_exactly_what_is_watched_is_room_enough(int lanes)
    {
        Engine engine = NewEngine(maxSeries: 60, lanes: lanes);
        engine.Add(Reactor.By("host", r => r.ChangedState(), maxKeys: 60), "by", recorder);
        engine.Add(Reactor.ChangedState(), "series", recorder);
        Intake intake = engine.OpenIntake();
        for (int second = 0; second < 60; second++)
        {
            // Not all of them each second, and some twice.
            Block block = new();
            for (int i = 0; i < 60; i++)
                if (second == 0 || i % 7 == second % 7 || i % 5 == 0) block.Add(Of("beat", "host" + i) with { State = "critical" });
            intake.Run(block);
            Wait(1);
        }
        Assert.Equal(120, recorder.Lines.Count);
        Assert.Equal((0, 0), (engine.SeriesRoom.Forgotten, engine.Plan.Reactors[0].Forgotten));
    }

    [Fact]
    public void Timers_of_what_was_forgotten_go_with_it()
    {
        Engine engine = NewEngine(maxSeries: 100);
        engine.Add(Reactor.Expire(TimeSpan.FromDays(1)), "silence", recorder);
        for (int i = 0; i < 2000; i++)
        {
            engine.Feed(Of("junk" + i));
            if (i % 10 == 0) Wait(1);
        }
        int timers = 0;
        engine.Lanes[0].Timers.RemoveAll(_ =>
        {
            timers++;
            return false;
        });
        Assert.InRange(timers, 1, 200);
    }

    [Fact]
    public void A_limit_makes_nobody_deaf()
    {
        // Chance says which ones of an eighth go: 125 of a thousand or so, by far enough for ten.
        Engine engine = NewEngine(maxKeys: 1000);
        engine.Add(Reactor.By("host", r => r.Limit(1, TimeSpan.FromHours(1))), "limit", recorder);
        for (int i = 0; i < 1000; i++)
            for (int times = 0; times < 2; times++) engine.Feed(Of("a", "junk" + i));
        engine.Feed(Of("a", "first"));
        Wait(2);
        for (int i = 0; i < 10; i++) engine.Feed(Of("a", "new" + i));
        Assert.Equal(10, recorder.Lines.Count(line => line.StartsWith("new", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nobody_waits_for_a_function_to_answer_so_that_a_key_can_be_forgotten()
    {
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Engine engine = NewEngine(maxKeys: 10);
        engine.Add(Reactor.By("service", r => r.Map(async (e, _) =>
        {
            await answer.Task;
            return e;
        })), "map", recorder);
        for (int i = 0; i < 20; i++) engine.Feed(Of("a" + i));
        Wait(2);
        // It would hang here.
        engine.Feed(Of("new"));
        answer.SetResult();
        Assert.Equal(0, engine.Plan.Reactors[0].Forgotten);
    }

    [Fact]
    public void Names_have_a_budget_in_bytes_as_well()
    {
        Engine engine = NewEngine(maxNameBytes: 20_000);
        string padding = new('x', 900);
        int taken = 0;
        for (int i = 0; i < 100; i++)
            if (engine.Feed(Of(padding + i))) taken++;
        Assert.InRange(taken, 20, 22);
        Assert.InRange(engine.SeriesRoom.Bytes, 18_000, 20_000);
        Wait(2);
        Assert.True(engine.Feed(Of(padding + "new")));
    }

    [Fact]
    public void A_name_that_is_too_long_is_not_taken()
    {
        Engine engine = new(new EngineOptions { TimeProvider = clock, MaxNameLength = 10 });
        Assert.True(engine.Feed(Of("0123456789")));
        Assert.False(engine.Feed(Of("0123456789a")));
        Assert.True(engine.Feed(Of("\u00E9\u00E9\u00E9\u00E9\u00E9")));
        Assert.False(engine.Feed(Of("a", "\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9")));
        Assert.Equal(2, engine.SeriesCount);
    }
}
