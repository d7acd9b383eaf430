using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

/// <summary>Sum, Mean, Rate, MovingSum and WindowSum of events; those of batches are in FoldTests.</summary>
public sealed class SumTests
{
    static Event[] WithGaps => [Sample.Of("s", 1), Sample.Of("s"), Sample.Of("s", 3), Sample.Of("s", -10, state: "expired")];

    [Fact]
    public void A_running_sum_and_mean_leave_out_what_has_no_metric()
    {
        Reactors.Test(r => r.Sum()).Given(WithGaps).Emits(1d, 4, -6);
        Reactors.Test(r => r.Mean()).Given(WithGaps).Emits(1d, 2, -2);
    }

    [Fact]
    public void Nothing_but_the_metric_changes()
    {
        Event e = new() { Host = "h", Service = "s", State = "ok", Metric = 3, Description = "d", Tags = ["t"], Time = Sample.At(-100),
            Ttl = Sample.Seconds(5) };
        Reactors.Test(r => r.Sum()).Given(e, e).Emits(e, e with { Metric = 6 });
    }

    [Fact]
    public void A_metric_that_would_be_too_much_is_left_out()
    {
        Reactors.Test(r => r.Sum()).Given(1e308, 1e308, -1e308, 5).Emits(1e308, 0, 5);
        Reactors.Test(r => r.Mean()).Given(1e308, 1e308, -1e308, 6).Emits(1e308, 0, 2);
        Reactors.Test(r => r.Sum(Sample.Seconds(1))).Given(1e308, 1e308, -1e308, 5).After(1).Emits(5d);
        Reactors.Test(r => r.Rate(Sample.Seconds(0.5))).Given(1e308).After(0.5).EmitsNothing().Given(1).After(0.5).Emits(2d);
    }

    [Fact]
    public void A_small_number_is_not_lost_beside_a_large_one() =>
        Reactors.Test(r => r.Sum()).Given(1e17, 1, 1, -1e17).Emits(1e17, 1e17, 1e17 + 2, 2);

    [Fact]
    public void Sums_are_of_all_and_means_of_each_series()
    {
        Event[] events = [Sample.Of("cpu", 10, "a"), Sample.Of("cpu", 30, "b"), Sample.Of("cpu", 20, "a")];
        Reactors.Test(r => r.Sum()).Given(events).Emits(10d, 40, 60);
        Reactors.Test(r => r.By("host", h => h.Sum())).Given(events).Emits(10d, 30, 30);
        Reactors.Test(r => r.MovingSum(2)).Given(events).Emits(10d, 40, 50);
        Reactors.Test(r => r.Mean()).Given(events).Emits(10d, 30, 15);
        Reactors.Test(r => r.Across(all => all.Mean())).Given(events).Emits(10d, 20, 20);
        Reactors.Test(r => r.Mean(Sample.Seconds(10))).Given(events).After(10).Emits(15d, 30);
        Reactors.Test(r => r.Rate(Sample.Seconds(10))).Given(events).After(10).Emits(6d);
    }

    [Fact]
    public void They_go_on_after_a_restart()
    {
        Reactors.Test(r => r.Sum()).Given(1e17, 1).Restart().Given(1).Emits(1e17, 1e17, 1e17 + 2);
        Reactors.Test(r => r.Mean()).Given(1, 2).Restart().Given(6).Emits(1, 1.5, 3);
        Assert.Equal([10],
            Reactors.Test(r => r.Rate(Sample.Seconds(10))).Given(40).After(5).Restart().Given(60).After(5).Emits(10d).Times());
    }

    [Fact]
    public void At_the_end_of_each_interval_one_event_with_the_time_of_now()
    {
        Event e = new() { Host = "h", Service = "s", State = "ok", Tags = ["x"], Time = Sample.At(-100) };
        TimeSpan interval = Sample.Seconds(4);
        foreach ((Reactor reactor, double metric) in (ReadOnlySpan<(Reactor, double)>)[(Reactor.Sum(interval), 24),
            (Reactor.Mean(interval), 12), (Reactor.Rate(interval), 6)])
        {
            ReactorTest test = Reactors.Test(reactor).After(1).Given(e, e with { Metric = 4 }).After(2).Given(e with { Metric = 20 }, e)
                .After(2)
                .Emits(e with { Metric = metric, Time = Sample.At(5) });
            test.After(20).EmitsNothing().Given(e with { Metric = 8 }).After(3.9).EmitsNothing().After(0.1);
            Assert.Equal([5, 29], test.Times());
        }
    }

    [Fact]
    public void An_event_at_the_end_is_of_the_next_interval() =>
        Reactors.Test(r => r.Sum(Sample.Seconds(1))).Given(1).After(1).Given(2, 3).After(1).Emits(1d, 5);

    [Fact]
    public void The_interval_so_far_comes_out_at_the_end()
    {
        Reactors.Test(r => r.Sum(Sample.Seconds(60))).Given(1, 2).End().Emits(3d);
        Reactors.Test(r => r.Mean(Sample.Seconds(60))).Given(1, 2).End().Emits(1.5);
        Reactors.Test(r => r.Rate(Sample.Seconds(60))).Given(60).End().Emits(1d);
    }

    [Fact]
    public void A_moving_sum_is_of_the_last_so_many_or_the_last_so_long()
    {
        Reactors.Test(r => r.MovingSum(3)).Given(-1, 0, 1, 5).Emits(-1d, -1, 0, 6);
        Reactors.Test(r => r.MovingSum(Sample.Seconds(1))).Given(1).After(0.5).Given(2).After(0.5).Given(3).After(2).Given(4)
            .Emits(1d, 3, 5, 4);
        Reactors.Test(r => r.MovingSum(2)).Given(WithGaps).Emits(1d, 4, -7);
        Reactors.Test(r => r.MovingSum(Sample.Seconds(1))).Given(WithGaps).Emits(1d, 4, -6);
    }

    [Fact]
    public void A_moving_sum_that_is_too_much_does_not_pass_and_leaves_no_trace()
    {
        Reactors.Test(r => r.MovingSum(2)).Given(1e308, 1e308, 1, 2, 3).Emits(1e308, 1e308, 3, 5);
        Reactors.Test(r => r.MovingSum(Sample.Seconds(1))).Given(1e308, 1e308).After(1).Given(1, 2).Emits(1e308, 1, 3);
    }

    [Fact]
    public void A_windows_sum_begins_anew_with_each_window()
    {
        Reactors.Test(r => r.WindowSum(Sample.Seconds(1))).Given(1).After(0.5).Given(2).After(0.5).Given(3).After(1.5).Given(4).After(0.499)
            .Given(-5).After(0.001).Given(6)
            .Emits(1d, 3, 3, 4, -1, 6);
        Reactors.Test(r => r.WindowSum(Sample.Seconds(1))).Given(WithGaps).Emits(1d, 4, -6);
        Reactors.Test(r => r.WindowSum(Sample.Seconds(1))).Given(1e308, 1e308, -1e308, 5).Emits(1e308, 0, 5);
        Reactors.Test(r => r.WindowSum(Sample.Seconds(1))).Given(1).After(0.5).Restart().Given(2).After(0.5).Restart().Given(3)
            .Emits(1d, 3, 3);
    }

    static Arbitrary<(int Gap, int? Metric)[]> Stories => Gen.Zip(Gen.Choose(0, 7), Gen.Choose(-9, 9))
        .Select(pair => (pair.Item1, pair.Item2 == 9 ? null : (int?)pair.Item2)).ArrayOf().ToArbitrary();

    [Property(MaxTest = 50)]
    public Property They_are_what_their_definitions_say() => Prop.ForAll(Stories, story =>
    {
        TimeSpan length = Sample.Seconds(10);
        ReactorTest Test(Reactor reactor) => Reactors.Test(reactor);
        ReactorTest sums = Test(Reactor.Sum(length)), means = Test(Reactor.Mean(length)), rates = Test(Reactor.Rate(length));
        ReactorTest running = Test(Reactor.Sum()), moving = Test(Reactor.MovingSum(length)), windows = Test(Reactor.WindowSum(length));
        List<(int At, double Metric)> events = [];
        int first = story.Length == 0 ? 0 : story[0].Gap, now = 0;
        foreach ((int gap, int? metric) in story)
        {
            now += gap;
            foreach (ReactorTest test in (ReactorTest[])[sums, means, rates, running, moving, windows])
                test.After(gap).Given(Sample.Of("s", metric));
            if (metric is { } number) events.Add((now, number));
        }
        double[][] intervals = [.. events.GroupBy(e => (e.At - first) / 10).Select(interval => interval.Select(e => e.Metric).ToArray())];
        sums.After(10).Emits([.. intervals.Select(metrics => metrics.Sum())]);
        means.After(10).Emits([.. intervals.Select(metrics => metrics.Average())]);
        rates.After(10).Emits([.. intervals.Select(metrics => metrics.Sum() / 10)]);
        running.Emits([.. events.Select((_, i) => events.Take(i + 1).Sum(e => e.Metric))]);
        moving.Emits([.. events.Select((last, i) => events.Take(i + 1).Where(e => e.At > last.At - 10).Sum(e => e.Metric))]);
        windows.Emits(
            [.. events.Select((last, i) => events.Take(i + 1).Where(e => (e.At - first) / 10 == (last.At - first) / 10)
                .Sum(e => e.Metric))]);
    });

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Sum(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Mean(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Rate(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.WindowSum(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingSum(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingSum(TimeSpan.Zero));
    }
}
