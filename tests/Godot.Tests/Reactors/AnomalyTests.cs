using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class AnomalyTests
{
    [Fact]
    public void A_score_compares_with_those_before_it_alone() =>
        Reactors.Test(r => r.ZScore(2)).Given(1, 3, 2, 4).Emits(0, 1.5 / Math.Sqrt(0.5));

    [Fact]
    public void Where_nothing_ever_deviated_anything_else_passes_every_threshold()
    {
        Reactors.Test(r => r.ZScore(3)).Given(1e15, 1e15, 1e15, 1e15, 1e15 + 1).Emits(0, double.MaxValue);
        Reactors.Test(r => r.ZScore(3).Under(-3)).Given(5, 5, 5, 4.999).Emits(double.MinValue);
    }

    [Fact]
    public void Metrics_whose_squares_are_no_numbers_score_nothing_and_leave_no_trace() =>
        Reactors.Test(r => r.ZScore(2)).Given(1e200, -1e200, 1, 3, 2).Given(Sample.Of("none")).Emits(0d);

    [Fact]
    public void A_window_of_time_must_have_gone_by_first() =>
        Reactors.Test(r => r.ZScore(Sample.Seconds(10))).Given(1, 3).After(9.9).Given(2).Restart().After(0.1).Given(2).After(9.8).Given(2)
        .Emits(0d);

    [Property(MaxTest = 200)]
    public FsCheck.Property A_score_is_what_its_definition_says() =>
        Prop.ForAll(Gen.Choose(-100, 100).ArrayOf().ToArbitrary(), Gen.Choose(2, 10).ToArbitrary(), (metrics, count) =>
        {
            List<double> expected = [];
            for (int i = count; i < metrics.Length; i++)
            {
                int[] before = metrics[(i - count)..i];
                double mean = before.Average(),
                    deviation = Math.Sqrt(before.Sum(metric => (metric - mean) * (metric - mean)) / (count - 1));
                if (deviation > 0) expected.Add((metrics[i] - mean) / deviation);
            }
            double[] found =
                [.. Reactors.Test(r => r.ZScore(count))
                    .Given([.. metrics.Select(metric => (double)metric)]).Emitted.Select(emission => emission.Events[0].Metric!.Value)];
            Assert.Equal(Math.Max(0, metrics.Length - count), found.Length);
            int at = 0;
            for (int i = count; i < metrics.Length; i++)
                if (metrics[(i - count)..i].Distinct().Count() > 1) Assert.Equal(expected[at++], found[i - count], 1e-6);
        });

    static readonly double[] Day = [10, 10, 40, 80, 60, 20];

    // Six steps of ten minutes, with a deviation of 1, two events a step.
    static ReactorTest Days(ReactorTest test, int days)
    {
        for (int step = 0; step < days * Day.Length; step++)
        {
            double usual = Day[step % Day.Length];
            test.Given(usual - 1).After(TimeSpan.FromMinutes(5)).Given(usual + 1).After(TimeSpan.FromMinutes(5));
        }
        return test;
    }

    static Reactor Hourly(Reactor r) => r.HoltWinters(TimeSpan.FromHours(1), steps: 6);

    [Fact]
    public void What_is_usual_at_noon_is_unusual_at_midnight()
    {
        ReactorTest test = Days(Reactors.Test(r => Hourly(r).Over(3)), 10);
        test.EmitsNothing().Given(40).Emits("service").After(TimeSpan.FromMinutes(20)).Given(40).EmitsNothing();
    }

    [Fact]
    public void Nothing_passes_in_the_first_two_seasons_and_everything_afterwards()
    {
        Days(Reactors.Test(Hourly), 2).EmitsNothing();
        Assert.Equal(2 * Day.Length, Days(Reactors.Test(Hourly), 3).Emitted.Count);
    }

    [Fact]
    public void A_restart_at_any_time_changes_nothing()
    {
        double?[] Metrics(ReactorTest test) => [.. test.Emitted.Select(emission => emission.Events[0].Metric)];
        double?[] expected = Metrics(Days(Reactors.Test(Hourly), 4).Given(33));
        Assert.Equal(expected, Metrics(Days(Days(Reactors.Test(Hourly), 1).Restart(), 3).Restart().Given(33)));
        Assert.Equal(expected, Metrics(Days(Days(Reactors.Test(Hourly), 3).Restart(), 1).Given(33)));
    }

    [Fact]
    public void An_event_of_a_step_that_is_over_is_counted_as_late()
    {
        ReactorTest test = Days(Reactors.Test(Hourly), 3);
        int before = test.Emitted.Count;
        test.Given(10).Given(Sample.Of("service", 20, "host") with { Time = test.Now - TimeSpan.FromSeconds(1) });
        Assert.Equal(before + 1, test.Emitted.Count);
        Assert.Equal(1, test.Late);
    }

    [Fact]
    public void Missing_and_huge_metrics_are_left_out() =>
        Assert.Equal(2 * Day.Length,
            Days(Days(Reactors.Test(Hourly), 2).Given(1e300, -1e300).Given(Sample.Of("service", null, "host")), 1).Emitted.Count);

    [Fact]
    public void Rounding_is_no_anomaly() =>
        Reactors.Test(r => r.HoltWinters(Sample.Seconds(3), steps: 3).Within(-0.1, 0.1))
            .Given(0.1).After(1).Given(0.2).After(1).Given(0.3).After(1).Given(0.1).After(1).Given(0.2).After(1).Given(0.3).After(1)
            .Given(0.1).After(1).Given(0.2).After(1).Given(0.3)
            .Emits("service", "service", "service");

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.ZScore(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.ZScore(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.HoltWinters(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.HoltWinters(Sample.Seconds(1), steps: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.HoltWinters(Sample.Seconds(1), alpha: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.HoltWinters(Sample.Seconds(1), beta: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.HoltWinters(Sample.Seconds(1), gamma: double.NaN));
    }
}
