namespace Godot.Tests;

/// <summary>A verb remembers as long as its arguments say, or, if they say nothing, as long as the engine does; whatever IdleAfter.</summary>
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
    public void What_By_says_stands_in_its_text() =>
        Assert.Equal("By(\"host\", r => r.ChangedState(\"ok\"), forgetAfter: 90d)", Reactor.By("host", r => r.ChangedState(), forgetAfter: 90 * Day).ToString());

    [Fact]
    public void What_is_over_is_freed_after_IdleAfter_all_the_same()
    {
        VirtualClock clock = new(Sample.At(0));
        Engine engine = new(new EngineOptions { Clock = clock, Lanes = 1 });
        engine.Add(Reactor.MovingSum(Hour));
        engine.Feed(Of(metric: 1));
        clock.Advance(29 * Hour);
        Assert.Equal(1, engine.SeriesCount);
        clock.Advance(2 * Hour);
        Assert.Equal(0, engine.SeriesCount);
    }

    [Fact]
    public void A_verb_of_the_users_says_itself_how_long_it_remembers()
    {
        VirtualClock clock = new(Sample.At(0));
        Engine engine = new(new EngineOptions { Clock = clock, Lanes = 1 });
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
