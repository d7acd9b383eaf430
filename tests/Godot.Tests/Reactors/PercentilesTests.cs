namespace Godot.Tests;

public sealed class PercentilesTests
{
    [Fact]
    public void Emits_the_last_event_once_for_each_point_in_the_order_given() =>
        Reactors.Test(r => r.Percentiles(Sample.Seconds(10), 1, 0))
            .Given(new Event { Host = "a", Service = "x", Metric = 7 },
                new Event { Host = "b", Service = "s", Metric = 3, State = "ok", Tags = ["t"] })
            .After(10)
            .Emits(
                new Event { Host = null, Service = "1", Metric = 7, State = "ok", Tags = ["t"], Time = Sample.At(10) },
                new Event { Host = null, Service = "0", Metric = 3, State = "ok", Tags = ["t"], Time = Sample.At(10) });

    [Fact]
    public void They_are_within_one_percent_unless_told_otherwise()
    {
        double Median(Recipe recipe) => Reactors.Test(recipe).Given([.. Enumerable.Range(1, 999).Select(number => (double)number)])
            .After(1).Emitted.Single().Events[0].Metric!.Value;
        Assert.InRange(Median(Reactor.Percentiles(Sample.Seconds(1), 0.5)), 495, 505);
        Assert.InRange(Median(Reactor.Percentiles(Sample.Seconds(1), [0.5], accuracy: 0.001)), 499.5, 500.5);
    }

    [Fact]
    public void Every_interval_begins_anew_and_an_empty_one_emits_nothing()
    {
        ReactorTest test = Reactors.Test(r => r.Percentiles(Sample.Seconds(1), 1)).Given(9).After(1).Given(-2, -5).After(5)
            .Given(Sample.Of("none")).After(5).Given(0).End();
        test.Emits(9d, -2, 0);
        Assert.Equal([1, 2, 11], test.Times());
    }

    [Fact]
    public void All_series_together_or_each_tuple_of_By()
    {
        Event[] events = [Sample.Of("a", 1), Sample.Of("b", 5), Sample.Of("a", 3)];
        Reactors.Test(r => r.Percentiles(Sample.Seconds(1), 0)).Given(events).After(1).Emits(1d);
        Reactors.Test(r => r.By("service", s => s.Percentiles(Sample.Seconds(1), 0))).Given(events).After(1).Emits("a 0", "b 0");
    }

    [Fact]
    public void A_filter_behind_it_sees_the_service_with_its_point() =>
        Reactors.Test(r => r.Percentiles(Sample.Seconds(1), 0, 1).Where("service", "* 1").Over(5)).Given(1, 9).After(1).Emits("service 1");

    [Fact]
    public void What_is_known_survives_a_restart_and_its_interval_ends_when_it_should()
    {
        ReactorTest test = Reactors.Test(r => r.Percentiles(Sample.Seconds(10), 0, 0.25, 1)).Given(-1e300, 0, 4).After(6).Restart()
            .Given(1e-300, 1e300).After(6);
        test.Emits(-1e300, 0, 1e300);
        Assert.Equal([10, 10, 10], test.Times());
    }

    [Fact]
    public void An_event_without_a_service_gets_the_point_alone() =>
        Reactors.Test(r => r.Percentiles(Sample.Seconds(1), 0.95)).Given(Sample.Of(null, 1)).After(1).Emits("0.95");

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Percentiles(TimeSpan.Zero, 0.5));
        Assert.Throws<ArgumentException>(() => Reactor.Percentiles(Sample.Seconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Percentiles(Sample.Seconds(1), 95));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Percentiles(Sample.Seconds(1), [0.5], accuracy: 0));
    }
}
