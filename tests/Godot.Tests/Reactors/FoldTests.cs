namespace Godot.Tests;

/// <summary>What folds make of batches; what they compute is in FoldsTests.</summary>
public sealed class FoldTests
{
    static readonly Func<BatchReactor, Reactor>[] OfMetrics =
    [
        batches => batches.Sum(), batches => batches.Mean(), batches => batches.Median(), batches => batches.Mode(),
            batches => batches.StandardDeviation(),
        batches => batches.Product(), batches => batches.Minimum(), batches => batches.Maximum(), batches => batches.Quantiles(0.5),
    ];

    static ReactorTest Three(Func<BatchReactor, Reactor> fold, params ReadOnlySpan<double?> metrics)
    {
        ReactorTest test = Reactors.Test(r => fold(r.EventWindow(3)));
        foreach (double? metric in metrics) test.Given(Sample.Of("s", metric));
        return test;
    }

    [Fact]
    public void Emits_the_last_event_that_has_a_metric_with_the_result_and_the_time_of_now()
    {
        Event last =
            new() { Host = "h", Service = "s", State = "ok", Metric = 4, Description = "d", Tags = ["t"], Time = Sample.At(-50),
                Ttl = Sample.Seconds(5) };
        Reactors.Test(r => r.EventWindow(3).Sum()).After(7).Given(Sample.Of("s", 3, "h"), last, Sample.Of("none"))
            .Emits(last with { Metric = 7, Time = Sample.At(7) });
    }

    [Fact]
    public void Of_a_window_by_the_events_own_time_the_result_keeps_that_time()
    {
        Event[] events =
            [Sample.Of("s", 3) with { Time = Sample.At(20) }, Sample.Of("s", 4) with { Time = Sample.At(10) },
                Sample.Of("s", 9) with { Time = Sample.At(70) }];
        Func<BatchReactor, Reactor>[] folds =
            [.. OfMetrics[..6], batches => batches.Minimum(), batches => batches.Count(), batches => batches.Map(events => events).Sum()];
        foreach (Func<BatchReactor, Reactor> fold in folds)
            Reactors.Test(r => fold(r.TimeWindow(Sample.Seconds(60), lateness: TimeSpan.Zero))).After(1000).Given(events)
                .Emits(new Event { Time = Sample.At(20) });
    }

    [Fact]
    public void No_result_is_of_a_time_that_is_yet_to_come() =>
        Reactors.Test(r => r.TimeWindow(Sample.Seconds(60), lateness: TimeSpan.Zero).Sum()).After(1000)
            .Given(Sample.Of("wrong clock", 3) with { Time = Sample.At(1e8) }).After(20)
            .Emits(new Event { Metric = 3, Time = Sample.At(1020) });

    [Fact]
    public void Events_without_a_metric_are_left_out_and_of_a_batch_without_any_nothing_passes() => Assert.All(OfMetrics, fold =>
    {
        Three(fold, null, null, null).EmitsNothing();
        Assert.Equal(fold == OfMetrics[4] ? 0 : 5, Assert.Single(Three(fold, null, 5, null).Emitted).Events[0].Metric);
    });

    [Fact]
    public void Each_is_what_it_is_called()
    {
        Three(batches => batches.Sum(), 1, 2, 6).Emits(9d);
        Three(batches => batches.Mean(), 1, 2, 6).Emits(3d);
        Three(batches => batches.Median(), 1, 6, 2).Emits(2d);
        Three(batches => batches.Median(), 1, null, 2).Emits(1.5);
        Three(batches => batches.Mode(), 6, 2, 6).Emits(6d);
        Three(batches => batches.Mode(), 6, 2, 4).Emits(2d);
        Three(batches => batches.StandardDeviation(), 1, null, 5).Emits(2d);
        Three(batches => batches.Product(), 2, -3, 4).Emits(-24d);
        Three(batches => batches.Difference(), 10, 3, -4).Emits(11d);
        Three(batches => batches.Quotient(), 12, 3, -2).Emits(-2d);
        Three(batches => batches.Count(), 12, null, -2).Emits(3d);
    }

    [Fact]
    public void A_difference_and_a_quotient_need_all_their_metrics()
    {
        Three(batches => batches.Difference(), 10, null, 3).EmitsNothing();
        Three(batches => batches.Quotient(), null, 10, 3).EmitsNothing();
    }

    [Fact]
    public void What_is_not_finite_does_not_pass()
    {
        Three(batches => batches.Sum(), 1e308, 1e308, 1).EmitsNothing();
        Three(batches => batches.Product(), 1e308, 1e308, 1).EmitsNothing();
        Three(batches => batches.Quotient(), 1, 0, 1).EmitsNothing();
        Three(batches => batches.Quotient(), 0, 0, 1).EmitsNothing();
        Three(batches => batches.Difference(), -1e308, 1e308, 1e308).EmitsNothing();
        Three(batches => batches.Mean(), 1e308, 1e308, 1e308).Emits(1e308);
    }

    [Fact]
    public void Minimum_and_maximum_say_whose_metric_it_is_of_several_the_last()
    {
        Event[] events = [Sample.Of("a", 5, "1"), Sample.Of("b", -7, "2"), Sample.Of("c", 5, "3"), Sample.Of("d", -7, "4"), Sample.Of("e")];
        Reactors.Test(r => r.EventWindow(5).Minimum()).Given(events).Emits(Sample.Of("d", -7, "4"));
        Reactors.Test(r => r.EventWindow(5).Maximum()).Given(events).Emits(Sample.Of("c", 5, "3"));
    }

    [Fact]
    public void Quantiles_are_of_the_nearest_rank_and_each_is_an_event()
    {
        ReactorTest test = Reactors.Test(r => r.EventWindow(100).Quantiles(0, 0.07, 0.99, 1));
        for (int i = 100; i > 0; i--) test.Given(Sample.Of("api", i));
        test.Emits(Sample.Of("api 0", 1), Sample.Of("api 0.07", 7), Sample.Of("api 0.99", 99), Sample.Of("api 1", 100));
        Reactors.Test(r => r.EventWindow(1).Quantiles(0.5)).Given(new Event { Metric = 3 })
            .Emits(new Event { Service = "0.5", Metric = 3 });
    }

    [Fact]
    public void Quantiles_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Reactor.EventWindow(3).Quantiles());
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.EventWindow(3).Quantiles(50));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.EventWindow(3).Quantiles(double.NaN));
    }

    [Fact]
    public void First_last_and_each_pass_events_as_they_are()
    {
        Event[] events =
            [Sample.Of("a") with { Time = Sample.At(-1) }, Sample.Of("b"), Sample.Of("c", state: "expired") with { Time = Sample.At(-3) }];
        Reactors.Test(r => r.EventWindow(3).First()).Given(events).Emits(events[0]);
        Reactors.Test(r => r.EventWindow(3).Last()).Given(events).Emits(events[2]);
        Reactors.Test(r => r.EventWindow(3).Each()).Given(events).Emits(events);
    }

    [Fact]
    public void What_comes_of_batches_is_of_its_own_series_again() =>
        Reactors.Test(r => r.EventWindow(2).Each().Mean())
        .Given(Sample.Of("s", 1, "a"), Sample.Of("s", 10, "b"), Sample.Of("s", 3, "a"), Sample.Of("s", 20, "b"))
            .Emits(1d, 10, 2, 15);

    [Fact]
    public void Batches_are_filtered_and_changed_as_a_whole()
    {
        Reactors.Test(r => r.EventWindow(2).Where(events => events[0].Service == "b")).Given("a", "b", "b", "c").EmitsBatches(["b", "c"]);
        Reactors.Test(r => r.EventWindow(2).Map(events => [.. events.Where(e => e.Service != "a")])).Given("a", "b", "a", "a")
            .EmitsBatches(["b"]);
    }

    [Fact]
    public void A_function_that_throws_loses_that_batch_alone()
    {
        Reactors.Test(r => r.EventWindow(2).Where(events => events[0].Service == "a" ? throw new InvalidOperationException("boom") : true))
            .Given("a", "b", "c", "d")
            .Loses(2).EmitsBatches(["c", "d"]);
        Reactors.Test(r => r.EventWindow(2).Map(events => events[0].Service == "a" ? throw new InvalidOperationException("boom") : events))
            .Given("a", "b", "c", "d")
            .Loses(2).EmitsBatches(["c", "d"]);
    }
}
