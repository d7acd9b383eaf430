namespace Godot.Tests;

public sealed class MapTests
{
    [Fact]
    public void Passes_what_the_function_makes() =>
        Reactors.Test(r => r.Map(e => e with { Metric = e.Metric * 3 })).Given(1, 0, -2).Given(Sample.Of("none"))
            .Emits(new Event { Host = "host", Service = "service", Metric = 3 }, new Event { Metric = 0 }, new Event { Metric = -6 },
                new Event { Metric = null });

    [Fact]
    public void Maps_follow_each_other() =>
        Reactors.Test(r => r.Map(e => e with { Metric = e.Metric + 1 }).Map(e => e with { Metric = e.Metric * 3 })).Given(1, 2)
        .Emits(6d, 9);

    [Fact]
    public void The_function_may_make_another_event() =>
        Reactors.Test(r => r.Map(e => new Event { Service = "about " + e.Service })).Given("cpu").Emits("about cpu");

    [Fact]
    public void Stages_after_it_follow_the_series_that_it_made() =>
        Reactors.Test(r => r.Map(e => e with { Service = "same" }).MovingAverage(2)).Given(Sample.Of("a", 1), Sample.Of("b", 3))
        .Emits(1d, 2);

    [Fact]
    public void A_function_that_throws_loses_that_event_alone() =>
        Reactors.Test(r => r.Map(e => e with { Metric = 1 / e.Metric!.Value })).Given(0, 4).Loses(1).Emits(0.25);

    [Fact]
    public void No_function_is_refused() => Assert.Throws<ArgumentNullException>(() => Reactor.Map((Func<EventView, EventView>)null!));
}
