namespace Godot.Tests;

public sealed class InterpolateTests
{
    static readonly Reactor Interpolate = Reactor.Interpolate(Sample.Seconds(10));

    [Fact]
    public void Emits_the_first_at_once_and_then_the_last_that_came_every_interval()
    {
        ReactorTest test = Reactors.Test(Interpolate).After(3).Given(1, 2).After(9).Given(3).After(30).Given(4).After(1);
        Assert.Equal([3, 13, 23, 33, 43], test.Emits(1, 3, 3, 3, 4).Times());
    }

    [Fact]
    public void What_is_emitted_has_the_time_of_that_moment() =>
        Reactors.Test(Interpolate).Given(new Event { Time = Sample.At(-50), State = "ok" }).After(10)
        .Emits(new Event { Time = Sample.At(0), State = "ok" }, new Event { Time = Sample.At(10) });

    [Fact]
    public void An_event_of_the_very_end_is_of_the_next_interval() =>
        Reactors.Test(Interpolate).Given(1).After(10).Given(2).After(10).Emits(1, 1, 2);

    [Fact]
    public void An_expired_event_passes_and_ends_it_and_the_next_begins_anew()
    {
        Event expired = new() { Host = "host", Service = "service", State = "expired", Time = Sample.At(-7), Metric = 9 };
        ReactorTest test = Reactors.Test(Interpolate).Given(expired).After(100).Emits(expired).Given(1).After(3).Given(expired).After(4)
            .Given(2).After(10).Emits(1, 9, 2, 2);
        Assert.Equal([0, 100, 103, 107, 117], test.Times());
    }

    [Fact]
    public void Each_series_has_its_own_and_a_restart_keeps_its_beat() =>
        Assert.Equal([0, 4, 10, 14, 20],
            Reactors.Test(Interpolate).Given("a").After(4).Given("b").After(3).Restart().After(13).Emits("a", "b", "a", "b", "a").Times());

    [Fact]
    public void An_event_without_a_metric_is_as_good_as_any() =>
        Reactors.Test(Interpolate).Given(1).After(5).Given(Sample.Of("service", host: "host")).After(5)
        .Emits(new Event { Metric = 1 }, new Event { Metric = null });

    [Fact]
    public void No_interval_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Interpolate(TimeSpan.Zero));
}
