namespace Godot.Tests;

public sealed class FillInTests
{
    static readonly TimeSpan Interval = Sample.Seconds(10);

    static readonly Event Expired = new() { Host = "host", Service = "a", State = "expired" };

    static Reactor FillIn => Reactor.FillIn(Interval, new Event { State = "missing" });

    static Reactor FillInLast => Reactor.FillInLast(Interval, e => e with { State = "missing" });

    public static TheoryData<Recipe> Both => [FillIn, FillInLast];

    [Theory]
    [MemberData(nameof(Both))]
    public void Whenever_the_interval_passes_without_an_event_one_is_filled_in(Recipe recipe)
    {
        ReactorTest test = Reactors.Test(recipe).After(100).Given("a").After(9.75).Given("a").After(25);
        Assert.Equal([100, 109.75, 119.75, 129.75], test.Times());
        test.Emits(new Event { State = null }, new Event { State = null },
            new Event { Host = "host", Service = "a", State = "missing", Time = Sample.At(119.75) },
            new Event { State = "missing", Time = Sample.At(129.75) });
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void An_expired_event_passes_and_ends_it_until_the_next(Recipe recipe) =>
        Reactors.Test(recipe).Given(Expired).After(100).Emits("a").Given("a").After(5).Given(Expired).After(100).Emits("a", "a").Given("a")
        .After(10).Emits("a", "a");

    [Theory]
    [MemberData(nameof(Both))]
    public void Each_series_is_filled_in_by_itself_and_on_after_a_restart(Recipe recipe)
    {
        ReactorTest test = Reactors.Test(recipe).Given("a").After(4).Given("b").Restart().After(5).Given("b").After(11)
            .Emits("a", "b", "b", "a", "b", "a");
        Assert.Equal([0, 4, 9, 10, 19, 20], test.Times());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void It_ends_when_the_series_is_forgotten(Recipe recipe)
    {
        ReactorTest test = Reactors.Test(recipe, new EngineOptions { IdleAfter = TimeSpan.FromMinutes(1), Lanes = 1 }).Given("a")
            .After(3600);
        Assert.InRange(test.Emitted.Count, 6, 10);
    }

    [Fact]
    public void A_filler_that_names_its_series_keeps_it()
    {
        Event filler = new() { Host = "monitor", Service = "gap", Metric = -1e308 };
        Reactors.Test(Reactor.FillIn(Interval, filler)).Given("a").After(10)
            .Emits(new Event { Service = "a" }, filler with { Time = Sample.At(10) });
        Reactors.Test(Reactor.FillIn(Interval, filler).Counter()).Given("a").After(20)
            .Emits(new Event { Service = "a" }, new Event { Metric = -1e308 });
    }

    [Fact]
    public void The_last_event_is_the_last_that_came_not_the_last_that_was_filled_in() =>
        Reactors.Test(Reactor.FillInLast(Interval, e => e with { Metric = e.Metric + 1 })).Given(1).After(20).Emits(1, 2, 2);

    [Fact]
    public void A_function_that_throws_leaves_a_gap_and_goes_on() =>
        Reactors.Test(Reactor.FillInLast(Interval, e => e.Metric is null ? throw new InvalidOperationException() : e)).Given("a").After(20)
        .Loses(2).Emits("a");

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.FillIn(TimeSpan.Zero, new Event()));
        Assert.Throws<ArgumentNullException>(() => Reactor.FillIn(Interval, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.FillInLast(TimeSpan.Zero, e => e));
        Assert.Throws<ArgumentNullException>(() => Reactor.FillInLast(Interval, null!));
    }
}
