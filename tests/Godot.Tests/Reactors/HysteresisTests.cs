using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class HysteresisTests
{
    [Property(MaxTest = 200)]
    public Property The_last_metric_outside_of_the_thresholds_decides() => Prop.ForAll(Gen.Choose(0, 10).ListOf().ToArbitrary(), whole =>
    {
        double[] metrics = [.. whole.Select(number => (double)number)];
        double[] Passed(Func<double, bool> begins, Func<double, bool> ends) =>
            [.. metrics.Where((_, i) => metrics[..(i + 1)].LastOrDefault(metric => begins(metric) || ends(metric), double.NaN) is var last
                && begins(last))];
        Reactors.Test(r => r.Hysteresis(over: 7, until: 4)).Given(metrics).Emits(Passed(metric => metric > 7, metric => metric < 4));
        Reactors.Test(r => r.Hysteresis(under: 4, until: 7)).Given(metrics).Emits(Passed(metric => metric < 4, metric => metric > 7));
    });

    [Fact]
    public void A_metric_that_equals_a_threshold_changes_nothing()
    {
        Reactors.Test(r => r.Hysteresis(over: 90, until: 80)).Given(90, 91, 80, 79.999, 90).Emits(91, 80);
        Reactors.Test(r => r.Hysteresis(over: 90, until: 90)).Given(90, 91, 90, 89, 90).Emits(91, 90);
        Reactors.Test(r => r.Hysteresis(under: 0, until: 0)).Given(0, -1e308, 0, 1e308, 0).Emits(-1e308, 0);
    }

    [Fact]
    public void An_event_without_a_metric_is_dropped_and_changes_nothing() =>
        Reactors.Test(r => r.Hysteresis(over: 90, until: 80)).Given(Sample.Of("a", 91), Sample.Of("a"), Sample.Of("a", 85)).Emits(91, 85);

    [Fact]
    public void Each_series_wavers_by_itself_and_a_restart_forgets_nothing() =>
        Reactors.Test(r => r.Hysteresis(over: 90, until: 80)).Given(Sample.Of("cpu", 91, "a")).Restart()
        .Given(Sample.Of("cpu", 85, "b"), Sample.Of("cpu", 86, "a")).Emits(91, 86);

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Contains("Hysteresis(over: 90, until: 80)", Assert.Throws<ArgumentException>(() => Reactor.Hysteresis(80)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Reactor.Hysteresis(80, over: 90, under: 70));
        Assert.Contains("swap", Assert.Throws<ArgumentException>(() => Reactor.Hysteresis(over: 80, until: 90)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Reactor.Hysteresis(under: 20, until: 10));
        Assert.Throws<ArgumentException>(() => Reactor.Hysteresis(over: double.PositiveInfinity, until: 10));
        Assert.Throws<ArgumentException>(() => Reactor.Hysteresis(over: 1, until: double.NaN));
    }
}
