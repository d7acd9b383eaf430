using Godot.Common;

namespace Godot.Tests;

/// <summary>
/// A verb remembers as long as its arguments say, or, if they say nothing, as long as the engine does; whatever IdleAfter.
/// </summary>
public sealed class RememberingTests
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1);

    static Event Of(string? state = null, double? metric = null) => new() { Host = "h", Service = "s", State = state, Metric = metric };

    [Fact]
    public void A_limit_of_a_week_holds_for_a_week() =>
        Reactors.Test(r => r.By(["host", "service"], each => each.Throttle(1, 7 * Day)))
            .Given(Of()).After(31 * Hour)
            .Given(Of()).After(31 * Hour)
            .Given(Of()).Emits("s");

    [Fact]
    public void A_limit_of_sixty_days_holds_for_sixty_days() =>
        Reactors.Test(r => r.By("service", each => each.Throttle(1, 60 * Day)))
            .Given(Of()).After(59 * Day)
            .Given(Of()).Emits("s").After(2 * Day)
            .Given(Of()).Emits("s");

    [Fact]
    public void A_state_that_was_told_is_no_news_a_month_later() =>
        Reactors.Test(r => r.ChangedState())
            .Given(Of("critical")).Emits("s").After(30 * Day)
            .Given(Of("critical")).EmitsNothing().After(40 * Day)
            .Given(Of("critical")).Emits("s");

    [Fact]
    public void For_how_long_may_be_said_by_the_engine() =>
        Reactors.Test(Reactor.ChangedState(), new EngineOptions { ForgetAfter = 2 * Day })
            .Given(Of("critical")).Emits("s").After(1.9 * Day)
            .Given(Of("critical")).EmitsNothing().After(4 * Day)
            .Given(Of("critical")).Emits("s");

    [Fact]
    public void And_by_a_By() =>
        Reactors.Test(Reactor.By(["host", "service"], r => r.ChangedState(), forgetAfter: 90 * Day))
            .Given(Of("critical")).Emits("s").After(89 * Day)
            .Given(Of("critical")).EmitsNothing();

    [Fact]
    public void A_stage_of_a_users_own_is_kept_while_it_says_so()
    {
        Reactors.Test(r => r.Then(() => new Holding(holds: true))).Given(Of()).Emits(1d).After(60 * Day).Given(Of()).Emits(2d);
        Reactors.Test(r => r.Then(() => new Holding(holds: false))).Given(Of()).Emits(1d).After(60 * Day).Given(Of()).Emits(1d);
    }

    sealed class Holding(bool holds) : Stage
    {
        int count;

        protected internal override TimeSpan Remembers => TimeSpan.Zero;

        protected override bool MayForget() => !holds;

        public override void On(EventView e) => Send(e with { Metric = ++count });
    }

    [Fact]
    public void What_By_says_stands_in_its_text() =>
        Assert.Equal("By(\"host\", r => r.ChangedState(\"ok\"), forgetAfter: 90d)",
            Reactor.By("host", r => r.ChangedState(), forgetAfter: 90 * Day).ToString());

    [Fact]
    public void What_is_over_is_freed_after_IdleAfter_all_the_same()
    {
        VirtualClock clock = new(Sample.At(0));
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        engine.Add(Reactor.MovingSum(Hour));
        engine.Feed(Of(metric: 1));
        clock.Advance(29 * Hour);
        Assert.Equal(1, engine.SeriesCount);
        clock.Advance(2 * Hour);
        Assert.Equal(0, engine.SeriesCount);
    }

    public static TheoryData<string, Recipe> Transient => new()
    {
        { "map", Reactor.MovingSum(Hour).Map(e => e) },
        { "adjust", Reactor.Expire(Hour).Adjust(x => x) },
        { "batches", Reactor.Empty.By("service", r => r.TimeWindow(Hour, offset: TimeSpan.Zero).Mean().Map(e => e)) },
        { "sessions", Reactor.By("service", r => r.Sessions(Hour)) },
        { "sequence", Reactor.By("service", r => r.When("state", "x").NotFollowedBy("state", "y", Hour)) },
        { "limit", Reactor.By("service", r => r.Limit(1, Hour)) },
        { "filled", Reactor.FillIn(Hour, new Event { Metric = 0 }).Adjust(x => x) },
    };

    [Theory]
    [MemberData(nameof(Transient))]
    public void What_keeps_nothing_makes_nothing_around_it_be_remembered_longer(string name, Recipe recipe)
    {
        VirtualClock clock = new(Sample.At(0));
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        engine.Add(recipe, name);
        engine.Feed(Of(state: "x", metric: 1));
        clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(0, engine.SeriesCount);
        Assert.All(engine.Plan.Reactors[0].Segments, segment => Assert.Equal(0, segment.Room.Keys));
    }

    [Fact]
    public void A_gap_is_filled_for_as_long_as_it_says_whatever_stands_behind()
    {
        ReactorTest test =
            Reactors.Test(Reactor.FillIn(Hour, new Event { Metric = 0 }).ChangedState(initially: "none"), new EngineOptions())
            .Given(Of(state: "ok")).After(10 * Day);
        Assert.Equal(2, test.Emitted.Count);
        Assert.Equal(24,
            Reactors.Test(Reactor.FillIn(Hour, new Event { Metric = 0 }).Runs(1)).Given(Of(metric: 1)).After(10 * Day).Emitted.Count - 1);
    }

    [Fact]
    public void For_ever_is_a_hundred_years()
    {
        Engine engine = new(new() { TimeProvider = new VirtualClock(Sample.At(0)), Lanes = 1, ForgetAfter = TimeSpan.MaxValue });
        engine.Add(Reactor.MovingTimeWindow(Hour, lateness: Hour).Count().Runs(2));
        Assert.True(engine.Feed(Of(metric: 1)));
    }

    [Fact]
    public void A_verb_of_the_users_says_itself_how_long_it_remembers()
    {
        VirtualClock clock = new(Sample.At(0));
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        engine.Add(Reactor.Empty.Then(() => new TwoDays()));
        engine.Feed(Of(metric: 1));
        clock.Advance(48 * Hour);
        Assert.Equal(1, engine.SeriesCount);
        clock.Advance(14 * Hour);
        Assert.Equal(0, engine.SeriesCount);
    }

    sealed class TwoDays : Stage
    {
        protected internal override TimeSpan Remembers => TimeSpan.FromDays(2);

        public override void On(EventView e) => Send(e);
    }

    [Fact]
    public void A_restart_does_not_make_it_forget_earlier() =>
        Reactors.Test(r => r.ChangedState())
            .Given(Of("critical")).Emits("s").After(20 * Day).Restart().After(20 * Day)
            .Given(Of("critical")).EmitsNothing();
}
