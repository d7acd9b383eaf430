using Godot.Events;
using Godot.Recipes;
using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

public sealed class EngineTests
{
    readonly FakeTimeProvider clock = new();
    readonly Recorder recorder = new();

    Engine NewEngine(int lanes = 4) => new(new EngineOptions { TimeProvider = clock, Lanes = lanes });

    static Event Of(string service, double? metric = null, string? host = null) =>
        new() { Host = host, Service = service, Metric = metric };

    static Reactor Start => Reactor.Empty;

    static Reactor All(Func<Stage> make) => Start.Add("All()", Scope.All, make);

    static Step InScope(Fields? fields, Recipe inner) => new ScopeStep("In()", fields, inner);

    string[] Run(Recipe recipe, params Event[] events)
    {
        Engine engine = NewEngine();
        engine.Add(recipe, null, recorder);
        foreach (Event e in events) Assert.True(engine.Feed(e));
        return [.. recorder.Lines];
    }

    [Fact]
    public void An_empty_recipe_emits_what_it_is_handed() =>
        Assert.Equal(["cpu=1", "disk=2"], Run(Start, Of("cpu", 1), Of("disk", 2)));

    [Fact]
    public void A_stage_of_ones_own_follows_each_series() =>
        Assert.Equal(["a/cpu=1", "b/cpu=1", "a/cpu=2", "a/disk=1"],
            Run(Start.Then(() => new Counting()), Of("cpu", 9, "a"), Of("cpu", 9, "b"), Of("cpu", 9, "a"), Of("disk", 9, "a")));

    [Fact]
    public void State_kept_by_the_engine_does_the_same_as_fields() =>
        Assert.Equal(["a/cpu=1", "b/cpu=1", "a/cpu=2", "a/disk=1"],
            Run(Start.Then(() => new CountingState()), Of("cpu", 9, "a"), Of("cpu", 9, "b"), Of("cpu", 9, "a"), Of("disk", 9, "a")));

    [Fact]
    public void A_host_that_is_missing_is_not_an_empty_one() =>
        Assert.Equal(["cpu=1", "/cpu=1", "cpu=2"],
            Run(Start.Then(() => new Counting()), Of("cpu", 9), Of("cpu", 9, ""), Of("cpu", 9)));

    [Fact]
    public void An_escaped_name_is_the_same_series() =>
        Assert.Equal(["a/cpu=1", "a/cpu=2"],
            Run(Start.Then(() => new Counting()), Event.Parse("""{"host":"\u0061","service":"cpu"}"""), Of("cpu", 9, "a")));

    [Fact]
    public void A_verb_that_gathers_sees_all() =>
        Assert.Equal(["a/cpu=1", "b/disk=2"], Run(All(() => new Counting()), Of("cpu", 9, "a"), Of("disk", 9, "b")));

    [Fact]
    public void Inside_By_the_scope_is_the_tuple() =>
        Assert.Equal(["a/cpu=1", "b/cpu=2", "a/disk=1"],
            Run(Start.Add(InScope("service", Start.Then(() => new Counting()))), Of("cpu", 9, "a"), Of("cpu", 9, "b"), Of("disk", 9, "a")));

    [Fact]
    public void A_By_inside_a_By_narrows_it()
    {
        Reactor inner = Start.Add(InScope("host", All(() => new Counting())));
        Assert.Equal(["a/cpu=1", "b/cpu=1", "a/cpu=2"],
            Run(Start.Add(InScope("service", inner)), Of("cpu", 9, "a"), Of("cpu", 9, "b"), Of("cpu", 9, "a")));
    }

    [Fact]
    public void Across_is_one_scope_for_everything() =>
        Assert.Equal(["a/cpu=1", "b/disk=2"],
            Run(Start.Add(InScope(null, Start.Then(() => new CountingState()))), Of("cpu", 9, "a"), Of("disk", 9, "b")));

    [Fact]
    public void After_By_the_scope_is_the_verbs_own_again()
    {
        Reactor recipe = Start.Add(InScope("service", Start.Then(() => new Counting()))).Then(() => new CountingState());
        Assert.Equal(["a/cpu=1", "b/cpu=1"], Run(recipe, Of("cpu", 9, "a"), Of("cpu", 9, "b")));
    }

    [Fact]
    public void An_event_that_changes_its_service_belongs_to_the_new_series()
    {
        Reactor recipe = Start.Add("Map()", Scope.Event, () => new Renaming(), opaque: true).Then(() => new Counting());
        Assert.Equal(["same=1", "same=2"], Run(recipe, Of("cpu", 9), Of("disk", 9)));
    }

    sealed class Renaming : Stage
    {
        public override void On(EventView e) => Send(e with { Service = "same" });
    }

    [Fact]
    public void Branches_are_handed_what_passes_on()
    {
        Recorder branch = new();
        Engine engine = NewEngine();
        engine.Add(Start.Add(new AroundStep("Around()", [All(() => new Counting()), Start.Then(() => new Throwing())]))
            .Then(() => new CountingState()), null, recorder);
        engine.Feed(Of("cpu", 13));
        engine.Feed(Of("disk", 13));
        Assert.Equal(["cpu=1", "disk=1"], recorder.Lines);
    }

    [Fact]
    public void A_stage_that_throws_loses_that_event_in_that_reactor_and_nothing_else()
    {
        Engine engine = NewEngine();
        Recorder other = new();
        engine.Add(Start.Then(() => new Throwing()), "throwing", recorder);
        engine.Add(Start, "other", other);
        foreach (double metric in new[] { 1d, 13, 2 }) engine.Feed(Of("cpu", metric));
        Assert.Equal(["cpu=1", "cpu=2"], recorder.Lines);
        Assert.Equal(["cpu=1", "cpu=13", "cpu=2"], other.Lines);
        Assert.Equal([new StageCount("throwing", "then", 3, 1)], engine.StageCounts());
    }

    [Fact]
    public void A_timer_runs_with_the_key_it_was_asked_for()
    {
        Engine engine = NewEngine();
        engine.Add(Start.Then(() => new Echo(TimeSpan.FromSeconds(5))).Then(() => new Counting()), null, recorder);
        engine.Feed(Of("cpu", 1, "a"));
        clock.Advance(TimeSpan.FromSeconds(1));
        engine.Feed(Of("cpu", 1, "b"));
        clock.Advance(TimeSpan.FromSeconds(3.999));
        Assert.Empty(recorder.Lines);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a/cpu=1"], recorder.Lines);
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(["a/cpu=1", "b/cpu=1"], recorder.Lines);
    }

    [Fact]
    public void At_the_end_stages_emit_what_they_hold_and_later_stages_still_see_it()
    {
        Engine engine = NewEngine();
        engine.Add(Start.Then(() => new Hoard()).Add("All()", Scope.All, () => new Counting()), "hoard", recorder);
        engine.Feed(Of("cpu", 9));
        engine.Feed(Of("disk", 9));
        engine.Feed(Of("cpu", 9));
        Assert.True(engine.Remove("hoard"));
        Assert.Equal(["cpu=1", "cpu=2", "disk=3"], recorder.Lines);
        engine.Feed(Of("cpu", 9));
        Assert.Equal(3, recorder.Lines.Count);
        Assert.False(engine.Remove("hoard"));
    }

    [Fact]
    public async Task A_posted_action_runs_on_the_lane_of_its_key()
    {
        await using Engine engine = NewEngine();
        TaskCompletionSource posted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Add(Start.Then(() => new Posting(posted)).Then(() => new Counting()), null, recorder);
        engine.Feed(Of("cpu", 9));
        await posted.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        engine.Feed(Of("other", 9));
        Assert.Contains("cpu=1", recorder.Lines);
    }

    sealed class Posting(TaskCompletionSource done) : Stage
    {
        public override void On(EventView e)
        {
            Event kept = e.ToEvent();
            Task.Run(() => Post(() =>
            {
                Send(kept);
                done.TrySetResult();
            }));
        }
    }

    [Fact]
    public void Names_are_unique_and_derived_names_are_stable()
    {
        Engine engine = NewEngine();
        Assert.Equal("cpu", engine.Add(Start, "cpu"));
        ArgumentException taken = Assert.Throws<ArgumentException>(() => engine.Add(Start, "cpu"));
        Assert.Contains("\"cpu\"", taken.Message, StringComparison.Ordinal);
        Assert.Equal("all", engine.Add(Start));
        Assert.Equal("all-a9b5e89b", engine.Add(Start));
        Assert.Equal("all-3", engine.Add(All(() => new Counting()), "all-3"));
        Assert.Equal(["cpu", "all", "all-a9b5e89b", "all-3"], engine.Reactors);
    }

    [Fact]
    public void A_stage_that_feeds_its_own_engine_is_told_so()
    {
        Engine engine = NewEngine();
        engine.Add(Start.Then(() => new Feeding(engine)), "feeding", recorder);
        engine.Feed(Of("cpu"));
        Assert.Equal(1, engine.StageCounts().Single().Failed);
    }

    sealed class Feeding(Engine engine) : Stage
    {
        public override void On(EventView e) => engine.Feed(Of("again"));
    }

    [Fact]
    public void A_factory_that_returns_the_same_stage_twice_is_refused()
    {
        Engine engine = NewEngine(lanes: 2);
        Counting one = new();
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => engine.Add(Start.Then(() => one)));
        Assert.Contains("new stage each time", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_beyond_the_limit_are_dropped_and_counted()
    {
        Engine engine = new(new EngineOptions { TimeProvider = clock, MaxSeries = 2 });
        engine.Add(Start, null, recorder);
        Assert.True(engine.Feed(Of("a")));
        Assert.True(engine.Feed(Of("b")));
        Assert.False(engine.Feed(Of("c")));
        Assert.True(engine.Feed(Of("a")));
        Assert.Equal(["a=", "b=", $"{Environment.MachineName}/godot/series-exceeded=1", "a="], recorder.Lines);
        Assert.Equal((3, 1L), (engine.SeriesCount, engine.RefusedCount));
    }

    [Fact]
    public void Keys_of_a_By_beyond_the_limit_are_lost_in_that_reactor_alone()
    {
        Engine engine = new(new EngineOptions { TimeProvider = clock, MaxKeys = 1 });
        Recorder other = new();
        engine.Add(Start.Add(InScope("service", Start.Then(() => new Counting()))), null, recorder);
        engine.Add(Start, null, other);
        foreach (string service in new[] { "a", "b", "a" }) engine.Feed(Of(service));
        Assert.Equal(["a=1", "a=2"], recorder.Lines);
        Assert.Equal(["a=", "b=", $"{Environment.MachineName}/godot/keys-exceeded=1", "a="], other.Lines);
    }

    [Fact]
    public void Idle_keys_are_freed_after_what_they_hold_was_emitted()
    {
        Engine engine =
            new(new() { TimeProvider = clock, Lanes = 2, IdleAfter = TimeSpan.FromHours(1), ForgetAfter = TimeSpan.FromHours(1) });
        engine.Add(Start.Then(() => new Hoard()), "series", recorder);
        engine.Add(Start.Add(InScope("service", Start.Then(() => new Hoard()))), "by", recorder);
        engine.Feed(Of("old", 1));
        Pass(minutes: 50);
        engine.Feed(Of("young", 2));
        Pass(minutes: 30);
        Assert.Equal(["old=1", "old=1"], recorder.Lines);
        Assert.Equal(1, engine.SeriesCount);
        engine.Feed(Of("old", 3));
        Pass(minutes: 180);
        Assert.Equal(["old=1", "old=1", "old=3", "old=3", "young=2", "young=2"], recorder.Lines.Order());
        Assert.Equal(0, engine.SeriesCount);
    }

    // Step by step, as it does: a leap is a stall.
    void Pass(int minutes)
    {
        for (int minute = 0; minute < minutes; minute++) clock.Advance(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_stall_makes_nothing_idle()
    {
        Engine engine =
            new(new() { TimeProvider = clock, Lanes = 1, IdleAfter = TimeSpan.FromHours(1), ForgetAfter = TimeSpan.FromHours(1) });
        engine.Add(Start.Then(() => new Hoard()), null, recorder);
        engine.Feed(Of("old", 1));
        clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(1, engine.SeriesCount);
        Pass(minutes: 60);
        Assert.Equal(0, engine.SeriesCount);
    }

    [Fact]
    public void An_engine_that_was_stopped_for_a_while_knows_for_how_long()
    {
        LateClock late = new();
        Engine engine = new(new EngineOptions { TimeProvider = late, Lanes = 1 });
        engine.Add(Start.Then(() => new Echo(TimeSpan.FromSeconds(60))), null, recorder);
        engine.Feed(Of("cpu", 1));
        late.Wake(after: TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, new TimeSpan(engine.Stalls.Stalled));
        late.Wake(after: TimeSpan.FromSeconds(31));
        Assert.Equal(TimeSpan.FromSeconds(30), new TimeSpan(engine.Stalls.Stalled));
        late.Wake(after: TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(30), new TimeSpan(engine.Stalls.Stalled));
    }

    /// <summary>A clock whose timer goes off when the test says so, on time or late.</summary>
    sealed class LateClock : TimeProvider, ITimer
    {
        long now;
        TimerCallback callback = null!;
        object? state;

        public override long GetTimestamp() => now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (this.callback, this.state) = (callback, state);
            return this;
        }

        public void Wake(TimeSpan after)
        {
            now += after.Ticks;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(16)]
    public void What_comes_out_does_not_depend_on_the_number_of_lanes(int lanes)
    {
        Assert.Equal(RunLanes(1, seed: 7), RunLanes(lanes, seed: 7));
    }

    IReadOnlyList<string> RunLanes(int lanes, int seed)
    {
        Recorder output = new();
        FakeTimeProvider time = new();
        Engine engine = new(new EngineOptions { TimeProvider = time, Lanes = lanes });
        engine.Add(Start.Then(() => new CountingState()).Add("All()", Scope.All, () => new Counting()), null, output);
        engine.Add(Start.Then(() => new Echo(TimeSpan.FromSeconds(3))).Add(InScope("host", Start.Then(() => new Counting())))
            .Add("All()", Scope.All, () => new Hoard()), "echo", output);
        Random random = new(seed);
        Intake intake = engine.OpenIntake();
        for (int i = 0; i < 50; i++)
        {
            Block block = new();
            for (int j = 0; j < random.Next(1, 40); j++) block.Add(Of("s" + random.Next(7), random.Next(100), "h" + random.Next(9)));
            intake.Run(block);
            time.Advance(TimeSpan.FromMilliseconds(random.Next(2000)));
        }
        engine.Remove("echo");
        return output.Lines;
    }
}
