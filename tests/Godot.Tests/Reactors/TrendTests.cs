using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class TrendTests
{
    static Event At(double metric, double seconds) => Sample.Of("s", metric) with { Time = Sample.At(seconds) };

    [Fact]
    public void A_line_goes_by_the_events_own_time_however_they_arrive() =>
        Reactors.Test(r => r.PredictLinear(Sample.Seconds(100), Sample.Seconds(10))).After(1000)
            .Given(At(0, 910), At(2, 912), At(1, 911), At(10, 920)).Emits(12d, 11, 20);

    [Fact]
    public void An_event_as_late_as_the_window_is_long_is_counted_and_left_out()
    {
        ReactorTest test = Reactors.Test(r => r.PredictLinear(Sample.Seconds(10), TimeSpan.Zero)).After(100)
            .Given(At(0, 50), At(1, 51), At(99, 42), At(99, 41), At(3, 53));
        test.Emits(new Event { Metric = 1 }, new Event { Time = Sample.At(42) }, new Event { Time = Sample.At(53) });
        Assert.Equal(1, test.Late);
    }

    [Fact]
    public void There_is_no_line_of_one_instant() =>
        Reactors.Test(r => r.PredictLinear(Sample.Seconds(10), Sample.Seconds(1))).Given(1, 2, 3).After(1).Given(Sample.Of("none"))
        .EmitsNothing();

    [Fact]
    public void A_prediction_too_large_for_a_number_passes_nothing_and_leaves_no_trace() =>
        Reactors.Test(r => r.PredictLinear(Sample.Seconds(10), TimeSpan.FromDays(1))).Given(-1e308).After(1).Given(1e308).After(100)
        .Given(1).After(1).Given(1).Emits(1d);

    [Fact]
    public void A_clock_that_is_ahead_counts_as_now() =>
        Reactors.Test(r => r.PredictLinear(Sample.Seconds(10), Sample.Seconds(10))).Given(At(0, 1e6)).After(1).Given(At(1, 1e6)).After(1)
        .Given(At(2, 2)).Emits(11d, 12);

    [Fact]
    public void Years_after_the_first_event_a_line_is_as_exact() =>
        Reactors.Test(r => r.PredictLinear(Sample.Seconds(10), Sample.Seconds(10))).Given(0).After(TimeSpan.FromDays(3650)).Given(1e15)
        .Restart().After(1).Given(1e15 + 1).After(1).Given(1e15 + 2)
            .Emits(1e15 + 11, 1e15 + 12);

    [Property(MaxTest = 200)]
    public FsCheck.Property A_prediction_is_that_of_least_squares_over_the_window() =>
        Prop.ForAll(Gen.Zip(Gen.Choose(-100, 100), Gen.Choose(1, 8)).ArrayOf().ToArbitrary(), steps =>
        {
            const int window = 20, ahead = 5;
            ReactorTest test = Reactors.Test(r => r.PredictLinear(Sample.Seconds(window), Sample.Seconds(ahead)));
            List<(double X, double Y)> seen = [];
            List<double> expected = [];
            double now = 0;
            foreach ((int metric, int gap) in steps)
            {
                test.After(gap).Given(metric);
                now += gap;
                seen.Add((now, metric));
                (double X, double Y)[] inside = [.. seen.Where(one => one.X > now - window)];
                if (inside.Length < 2) continue;
                double x = inside.Average(one => one.X), y = inside.Average(one => one.Y);
                expected.Add(y
                    + inside.Sum(one => (one.X - x) * (one.Y - y)) / inside.Sum(one => (one.X - x) * (one.X - x)) * (now + ahead - x));
            }
            Assert.Equal(expected.Count, test.Emitted.Count);
            Assert.All(expected.Zip(test.Emitted), pair => Assert.Equal(pair.First, pair.Second.Events[0].Metric!.Value, 1e-6));
        });

    [Fact]
    public void A_change_is_against_the_last_metric_that_is_old_enough() =>
        Reactors.Test(r => r.RateOfChange(Sample.Seconds(10))).Given(1).After(4).Given(2).After(5.9).Given(8).After(0.1).Given(8).After(4)
        .Given(8).After(1000).Given(4).Emits(7d, 3, -0.5);

    [Fact]
    public void Of_a_negative_metric_too_up_is_up() =>
        Reactors.Test(r => r.RateOfChange(Sample.Seconds(1))).Given(-4).After(1).Given(-2).After(1).Given(-4).Emits(0.5, -1);

    [Fact]
    public void Nothing_is_a_share_of_zero() =>
        Reactors.Test(r => r.RateOfChange(Sample.Seconds(1))).Given(0).After(1).Given(5).After(1).Given(5).After(1).Given(0).Emits(0d, -1);

    [Fact]
    public void A_share_too_large_for_a_number_passes_nothing() =>
        Reactors.Test(r => r.RateOfChange(Sample.Seconds(1))).Given(1e-300).After(1).Given(1e300).After(1).Given(1e300).Emits(0d);

    [Fact]
    public void An_event_older_than_the_newest_is_counted_as_late()
    {
        ReactorTest test = Reactors.Test(r => r.RateOfChange(Sample.Seconds(10))).After(100)
            .Given(At(1, 50), At(3, 60), At(9, 59), At(4, 60)).Given(Sample.Of("none")).Restart().Given(At(6, 70));
        test.Emits(2d, 3, 1);
        Assert.Equal(1, test.Late);
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.PredictLinear(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.PredictLinear(Sample.Seconds(1), Sample.Seconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.RateOfChange(TimeSpan.Zero));
    }
}
