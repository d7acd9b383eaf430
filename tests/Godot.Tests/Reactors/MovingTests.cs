namespace Godot.Tests;

public sealed class MovingTests
{
    static readonly Func<Reactor, Reactor>[] Recipes =
    [
        r => r.MovingMinimum(3), r => r.MovingMinimum(Sample.Seconds(3)), r => r.MovingMaximum(3), r => r.MovingMaximum(Sample.Seconds(3)),
            r => r.MovingMedian(3), r => r.MovingQuantile(0.3, 3),
        r => r.MovingVariance(3), r => r.MovingVariance(Sample.Seconds(3)), r => r.MovingStandardDeviation(3),
        r => r.MovingStandardDeviation(Sample.Seconds(3)),
    ];

    [Fact]
    public void An_event_without_a_metric_passes_nothing_and_is_left_out() => Assert.All(Recipes, recipe =>
        Assert.Equal(
            Metrics(Reactors.Test(recipe).Given(1, 5, -2, 8)),
            Metrics(Reactors.Test(recipe).Given(1).Given(Sample.Of("none")).Given(5, -2).Given(Sample.Of("none")).Given(8))));

    [Fact]
    public void Each_series_has_its_own_window_unless_By_says_otherwise()
    {
        Event[] events = [Sample.Of("cpu", 10, "a"), Sample.Of("cpu", 30, "b"), Sample.Of("cpu", 20, "a"), Sample.Of("cpu", 50, "b")];
        Reactors.Test(r => r.MovingMaximum(3)).Given(events).Emits(10d, 30, 20, 50);
        Reactors.Test(r => r.By("service", s => s.MovingMaximum(3))).Given(events).Emits(10d, 30, 30, 50);
    }

    [Fact]
    public void Nothing_but_the_metric_changes_and_expired_events_count_like_others()
    {
        Event e = new() { Host = "h", Service = "s", State = "expired", Metric = 3, Description = "d", Tags = ["t"], Time = Sample.At(-100),
            Ttl = Sample.Seconds(5) };
        Reactors.Test(r => r.MovingMaximum(2)).Given(e with { Metric = 7 }, e).Emits(e with { Metric = 7 }, e with { Metric = 7 });
    }

    [Fact]
    public void The_events_own_time_does_not_matter_to_a_window_of_arrival()
    {
        Event At(double metric, double seconds) => Sample.Of("s", metric) with { Time = Sample.At(seconds) };
        Reactors.Test(r => r.MovingMinimum(Sample.Seconds(2))).Given(At(5, 100)).After(1).Given(At(7, -100)).After(1).Given(At(9, 0))
            .Emits(5d, 5, 7);
    }

    [Fact]
    public void Huge_metrics_pass_no_infinity_and_leave_no_trace()
    {
        Reactors.Test(r => r.MovingVariance(2)).Given(1e300, -1e300, 1, 3).Emits(2d);
        Reactors.Test(r => r.MovingStandardDeviation(Sample.Seconds(1))).Given(1e300, -1e300).After(1).Given(1, 3).Emits(Math.Sqrt(2));
        Reactors.Test(r => r.MovingMedian(2)).Given(1.7e308, 1.7e308).Emits(1.7e308, 1.7e308);
        Reactors.Test(r => r.MovingAverage(2)).Given(1.7e308, 1.7e308, -1.7e308, 4, 6).Emits(1.7e308, 0, -0.85e308, 5);
        Reactors.Test(r => r.Ewma(Sample.Seconds(1))).Given(1.7e308, 1.7e308).After(1000).Given(0).After(1000).Given(4).After(1000).Given(4)
            .Emits(1.7e308, 1.7e308, 1.7e308 * Math.Pow(2, -1000), 4, 4);
    }

    [Fact]
    public void Windows_survive_a_restart() => Assert.All(Recipes, recipe =>
        Assert.Equal(Metrics(Reactors.Test(recipe).Given(1, 5, -2, 8).After(1).Given(4, 2)),
            Metrics(Reactors.Test(recipe).Given(1, 5).Restart().Given(-2, 8).After(1).Restart().Given(4, 2))));

    [Fact]
    public void Ewma_by_the_events_own_time_does_not_mind_how_they_arrive()
    {
        Event At(double metric, double seconds) => Sample.Of("s", metric) with { Time = Sample.At(seconds) };
        Reactors.Test(r => r.Ewma(Sample.Seconds(10), lateness: TimeSpan.Zero)).After(100).Given(At(0, 10), At(8, 20), At(8, 30)).Restart()
            .Given(At(0, 50)).Emits(0d, 4, 6, 1.5);
    }

    [Fact]
    public void A_clock_that_is_ahead_does_not_make_all_that_follow_late()
    {
        Event At(double metric, double seconds) => Sample.Of("s", metric) with { Time = Sample.At(seconds) };
        ReactorTest test = Reactors.Test(r => r.Ewma(Sample.Seconds(10), lateness: TimeSpan.Zero)).Given(At(0, 1_000_000)).After(10)
            .Given(At(8, 10)).After(10).Given(At(8, 20), At(8, 9.9));
        test.Emits(0d, 4, 6);
        Assert.Equal(1, test.Late);
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingMinimum(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingMaximum(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingVariance(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingStandardDeviation(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingMedian(100_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingQuantile(1.01, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingQuantile(double.NaN, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Ewma(Sample.Seconds(1), lateness: Sample.Seconds(-1)));
    }

    static double?[] Metrics(ReactorTest test) => [.. test.Emitted.Select(emission => emission.Events[0].Metric)];
}
