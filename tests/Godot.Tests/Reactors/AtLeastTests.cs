namespace Godot.Tests;

/// <summary>A figure of too few events is none.</summary>
public sealed class AtLeastTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Two_events_ten_seconds_apart_are_no_trend() =>
        Reactors.Test(r => r.PredictLinear(60 * Minute, 240 * Minute, atLeast: 4)).Given(8000).After(10).Given(7990).After(10).Given(7980)
            .EmitsNothing().After(10).Given(7970)
            .Emits(7970 - 14400d);

    [Fact]
    public void A_window_that_has_thinned_out_is_quiet_again() =>
        Reactors.Test(r => r.PredictLinear(Minute, Minute, atLeast: 3)).Given(3).After(1).Given(2).After(1).Given(1).Emits(-59d)
            .After(TimeSpan.FromDays(3)).Given(3).After(1).Given(2)
            .EmitsNothing();

    [Fact]
    public void One_bad_request_of_a_quiet_minute_is_not_all_of_them()
    {
        Reactors.Test(r => r.MovingAverage(Minute, atLeast: 3)).Given(100).After(50).Given(0).EmitsNothing().After(5).Given(50).Emits(50d)
            .After(60).Given(50).EmitsNothing();
        Reactors.Test(r => r.MovingAverage(3, atLeast: 3)).Given(1, 2, 3, 4).Emits(2d, 3);
        Reactors.Test(r => r.Mean(Minute, atLeast: 2)).Given(1).After(Minute).Given(1, 3).After(Minute).Emits(2d);
    }

    [Fact]
    public void One_slow_request_of_a_quiet_minute_is_no_hundredth()
    {
        Reactors.Test(r => r.Percentiles(Minute, [0.99], atLeast: 3)).Given(9, 9).After(Minute).Given(1, 2, 3).After(Minute)
            .Emits("service 0.99");
        Reactors.Test(r => r.Apdex(Minute, 1, atLeast: 2)).Given(9).After(Minute).Given(1, 1).After(Minute).Emits(1d);
    }

    [Fact]
    public void The_first_of_a_window_of_many_is_no_quantile_of_them()
    {
        Reactors.Test(r => r.MovingQuantile(0.99, 100, atLeast: 3)).Given(9, 9).EmitsNothing().Given(9).Emits(9d);
        Reactors.Test(r => r.MovingMedian(5, atLeast: 3)).Given(1, 2, 9).Emits(2d);
        Assert.Contains("nothing would pass", Assert.ThrowsAny<ArgumentException>(() => Reactor.MovingMedian(5, atLeast: 6)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void How_much_metrics_scatter_is_not_known_from_few()
    {
        Reactors.Test(r => r.MovingStandardDeviation(9, atLeast: 3)).Given(1, 3).EmitsNothing().Given(2).Emits(1d);
        Reactors.Test(r => r.MovingVariance(9, atLeast: 3)).Given(1, 3).EmitsNothing().Given(2).Emits(1d);
        Reactors.Test(r => r.MovingStandardDeviation(Minute, atLeast: 3)).Given(1, 3).EmitsNothing().Given(2).Emits(1d);
        Reactors.Test(r => r.MovingVariance(Minute, atLeast: 3)).Given(1, 3).EmitsNothing().Given(2).Emits(1d);
        Reactors.Test(r => r.ZScore(Minute, atLeast: 3)).Given(1).After(40).Given(1).After(40).Given(1).EmitsNothing().Given(1)
            .EmitsNothing().Given(1).Emits(0d);
    }

    [Fact]
    public void It_stands_in_the_recipe_where_it_is_not_as_usual() =>
        Assert.Equal("MovingAverage(60s, atLeast: 5).PredictLinear(60s, 60s)", Reactor.MovingAverage(Minute,
            atLeast: 5).PredictLinear(Minute, Minute, atLeast: 2).ToString());

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.PredictLinear(Minute, Minute, atLeast: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingAverage(Minute, atLeast: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingAverage(3, atLeast: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Percentiles(Minute, [0.99], atLeast: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.ZScore(Minute, atLeast: 1));
    }

    [Fact]
    public void A_rollup_begins_anew_after_a_quiet_time()
    {
        Recipe growing = Reactor.Rollup(batches => batches < 2 ? Minute : 60 * Minute, anewAfter: 60 * Minute);
        ReactorTest test = Reactors.Test(growing);
        for (int i = 0; i < 3; i++) test.Given("first").After(Minute);
        // The third bundle waits for its hour; what comes twelve hours later waits a minute.
        test.After(TimeSpan.FromHours(12)).Restart().Given("second").After(Minute).Given("third").After(Minute).Given("fourth")
            .After(60 * Minute);
        Assert.Equal([60, 120, 3720, 43440, 43500, 47100], test.Times());
    }
}
