using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Statistics;

namespace Godot.Tests;

public sealed class AverageTests
{
    [Fact]
    public void The_average_of_the_last_events_fewer_at_first() =>
        Reactors.Test(r => r.MovingAverage(3)).Given(1, 2, 3, 4, 10).Emits(1, 1.5, 2, 3, 17 / 3d);

    [Fact]
    public void Nothing_but_the_metric_changes()
    {
        Event e = new() { Host = "h", Service = "s", State = "ok", Metric = 3, Description = "d", Tags = ["t"], Time = Sample.At(1),
            Ttl = Sample.Seconds(5) };
        Reactors.Test(r => r.MovingAverage(2)).Given(e with { Metric = 1 }, e).Emits(e with { Metric = 1 }, e with { Metric = 2 });
    }

    [Fact]
    public void An_event_without_a_metric_passes_nothing_and_is_left_out()
    {
        Event[] events = [Sample.Of("s", 1), Sample.Of("s"), Sample.Of("s", 3), Sample.Of("s", 5)];
        Reactors.Test(r => r.MovingAverage(2)).Given(events).Emits(1d, 2, 4);
        Reactors.Test(r => r.MovingAverage(Sample.Seconds(1))).Given(events).Emits(1d, 2, 3);
        Reactors.Test(r => r.WeightedAverage(1, 1)).Given(events).Emits(1d, 2, 4);
        Reactors.Test(r => r.Ewma(0.5)).Given(events).Emits(1d, 2, 3.5);
        Reactors.Test(r => r.Ewma(Sample.Seconds(1))).Given(events).Emits(1d, 2, 3);
    }

    [Fact]
    public void Two_hosts_are_not_averaged_together_unless_By_says_so()
    {
        Event[] events = [Sample.Of("cpu", 10, "a"), Sample.Of("cpu", 30, "b"), Sample.Of("cpu", 20, "a"), Sample.Of("cpu", 50, "b")];
        Reactors.Test(r => r.MovingAverage(10)).Given(events).Emits(10d, 30, 15, 40);
        Reactors.Test(r => r.By("service", s => s.MovingAverage(10))).Given(events).Emits(10d, 20, 20, 27.5);
        Reactors.Test(r => r.Across(all => all.Ewma(1))).Given(events).Emits(10d, 30, 20, 50);
    }

    [Fact]
    public void A_window_of_time_is_left_at_its_end() =>
        Reactors.Test(r => r.MovingAverage(Sample.Seconds(1)))
            .Given(2).After(0.4).Given(4).After(0.6).Given(9).After(0.399).Given(2).After(0.001).Given(1).After(1.5).Given(7)
            .Emits(2, 3, 6.5, 5, 4, 7);

    [Fact]
    public void The_last_weight_is_that_of_the_newest() =>
        Reactors.Test(r => r.WeightedAverage(1, 2, 3)).Given(1, 2, 3, 4).Emits(1, 8 / 5d, 14 / 6d, 20 / 6d);

    [Fact]
    public void While_the_weights_in_use_are_zero_nothing_passes() =>
        Reactors.Test(r => r.WeightedAverage(1, 0)).Given(1, 2, 3).Emits(1d, 2);

    [Fact]
    public void Ewma_begins_with_the_first_metric() =>
        Reactors.Test(r => r.Ewma(0.5)).Given(8, 4, 2).Emits(8d, 6, 4);

    [Fact]
    public void The_articles_second_example_fires() =>
        Reactors.Test(r => r.Where("service", "service").Ewma(alpha: 1 - Math.Exp(-5.0 / 60)).Over(50)).Given(40, 60, 99, 100, 100)
            .Emits(Ewma(40, 60, 99, 100), Ewma(40, 60, 99, 100, 100));

    static double Ewma(params double[] metrics) =>
        metrics.Aggregate((mean, metric) => (1 - Math.Exp(-5.0 / 60)) * metric + Math.Exp(-5.0 / 60) * mean);

    [Fact]
    public void After_one_half_life_the_average_is_half_way() =>
        Reactors.Test(r => r.Ewma(Sample.Seconds(10))).Given(0).After(10).Given(8).After(10).Given(8).After(20).Given(0)
        .Emits(0d, 4, 6, 1.5);

    [Fact]
    public void Metrics_of_one_instant_count_as_their_mean() =>
        Reactors.Test(r => r.Ewma(Sample.Seconds(10))).Given(0, 4).After(10).Given(2, 6, 10).Emits(0d, 2, 2, 3, 4);

    [Fact]
    public void Averages_come_at_once_and_not_at_the_end() =>
        Reactors.Test(r => r.MovingAverage(3)).Given(1).Emits(1d).After(1000).End().EmitsNothing();

    [Property]
    public bool Ewma_is_what_its_definition_says(FsCheck.NormalFloat[] metrics, byte share)
    {
        double alpha = (share + 1) / 256d;
        ExponentialMean mean = default;
        double? expected = null;
        foreach (FsCheck.NormalFloat each in metrics)
        {
            double metric = Math.Clamp(each.Get, -1e12, 1e12);
            expected = expected is { } last ? alpha * metric + (1 - alpha) * last : metric;
            if (mean.Add(metric, alpha) != expected) return false;
        }
        return true;
    }

    [Fact]
    public void A_first_metric_that_is_high_is_not_an_average_where_more_are_asked_for()
    {
        Reactors.Test(r => r.Ewma(0.5, atLeast: 3)).Given(90).Given(10).Given(30, 30).Emits(40d, 35);
        Reactors.Test(r => r.Ewma(Sample.Seconds(10), atLeast: 3)).Given(8).After(10).Given(0).After(10).Given(0).After(20).Given(4)
            .Emits(2d, 3.5);
        Reactors.Test(r => r.Mean(atLeast: 3)).Given(90).Given(0).Given(0, 10).Emits(30d, 25);
    }

    [Fact]
    public void How_many_there_were_is_counted_by_series() =>
        Reactors.Test(r => r.Ewma(0.5, atLeast: 2)).Given(Sample.Of("a", 1), Sample.Of("b", 90), Sample.Of("a", 3)).Emits(2d);

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Ewma(0.5, atLeast: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Ewma(TimeSpan.FromSeconds(1), atLeast: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Mean(atLeast: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingAverage(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.MovingAverage(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Ewma(0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Ewma(1.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Ewma(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Ewma(TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => Reactor.WeightedAverage());
        Assert.Throws<ArgumentException>(() => Reactor.WeightedAverage(0, 0));
        Assert.Throws<ArgumentException>(() => Reactor.WeightedAverage(1, -1));
        Assert.Throws<ArgumentException>(() => Reactor.WeightedAverage(1, double.NaN));
    }
}
