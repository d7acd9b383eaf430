namespace Godot.Tests;

public sealed class CountTests
{
    [Fact]
    public void Emits_the_last_event_with_how_many_there_were_its_time_and_a_tag() =>
        Reactors.Test(r => r.Count(Sample.Seconds(1.5)))
            .Given(new Event { Host = "a", Metric = 7, Tags = ["x"] },
                new Event { Host = "b", Service = "s", Metric = 9, Tags = ["y"], State = "ok" })
            .After(1.499).EmitsNothing().After(0.001)
            .Emits(new Event { Host = null, Service = null, Metric = 2, State = "ok", Tags = ["y", "per 1.5s"], Time = Sample.At(1.5) });

    [Fact]
    public void Only_events_with_a_metric_count()
    {
        Reactors.Test(r => r.Count(Sample.Seconds(1))).Given(Sample.Of("none")).After(3).EmitsNothing();
        Reactors.Test(r => r.Count(Sample.Seconds(1))).Given(0).Given(Sample.Of("none")).After(1)
            .Emits(new Event { Service = "service", Metric = 1, Tags = ["per 1s"] });
    }

    [Fact]
    public void Intervals_follow_each_other_from_the_first_event_on()
    {
        ReactorTest test = Reactors.Test(r => r.Count(Sample.Seconds(1))).After(0.3).Given(Sample.Of("none")).After(0.5).Given(1, 1)
            .After(3).Given(1).After(0.499).Given(1).After(2).Emits(2d, 2);
        Assert.Equal([1.3, 4.3], test.Times());
    }

    [Fact]
    public void An_event_at_the_end_is_of_the_next_interval() =>
        Reactors.Test(r => r.Count(Sample.Seconds(1))).Given(1).After(1).Given(1, 1, 1).After(1).Emits(1d, 3);

    [Fact]
    public void An_empty_interval_emits_nothing() =>
        Assert.Single(Reactors.Test(r => r.Count(Sample.Seconds(1))).Given(1).After(100).Emitted);

    [Fact]
    public void Counts_all_series_together_or_each_tuple_of_By()
    {
        Reactors.Test(r => r.Count(Sample.Seconds(1))).Given(Sample.Of("s", 1, "a"), Sample.Of("s", 1, "b")).After(1).Emits(2d);
        ReactorTest test = Reactors.Test(r => r.By("host", h => h.Count(Sample.Seconds(1))))
            .Given(Sample.Of("s", 1, "a")).After(0.1).Given(Sample.Of("s", 1, "b")).After(0.1).Given(Sample.Of("s", 1, "a")).After(2);
        test.Emits(new Event { Host = "a", Metric = 2 }, new Event { Host = "b", Metric = 1 });
        Assert.Equal([1, 1.1], test.Times());
    }

    [Fact]
    public void The_count_so_far_comes_out_at_the_end() => Reactors.Test(r => r.Count(Sample.Seconds(60))).Given(1, 1).End().Emits(2d);

    [Fact]
    public void No_time_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Count(TimeSpan.Zero));
}
