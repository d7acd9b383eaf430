namespace Godot.Tests;

public sealed class ThresholdTests
{
    [Fact]
    public void Over_passes_what_is_greater_and_not_what_is_equal() =>
        Reactors.Test(r => r.Over(5)).Given(4.999, 5, 5.001).Emits(5.001);

    [Fact]
    public void Over_takes_zero_and_negative_thresholds()
    {
        Reactors.Test(r => r.Over(0)).Given(-1, 0, 1).Emits(1);
        Reactors.Test(r => r.Over(-2)).Given(-3, -2, -1, 0, 1).Emits(-1, 0, 1);
    }

    [Fact]
    public void Under_passes_what_is_less_and_not_what_is_equal() =>
        Reactors.Test(r => r.Under(5)).Given(10, 0, -3, 5.5, 5).Emits(0, -3);

    [Fact]
    public void Within_includes_both_bounds()
    {
        Reactors.Test(r => r.Within(3, 6)).Given(2.999, 3, 4, 6, 6.001).Emits(3, 4, 6);
        Reactors.Test(r => r.Within(0, 0)).Given(0, -1, 1).Emits(0);
        Reactors.Test(r => r.Within(-5, -1)).Given(-6, -5, -3, -1, 0).Emits(-5, -3, -1);
    }

    [Fact]
    public void An_event_without_a_metric_passes_no_threshold()
    {
        Event none = Sample.Of("cpu");
        Reactors.Test(r => r.Over(-1)).Given(none).EmitsNothing();
        Reactors.Test(r => r.Under(1)).Given(none).EmitsNothing();
        Reactors.Test(r => r.Within(-1, 1)).Given(none).EmitsNothing();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_threshold_that_is_no_number_is_refused(double threshold)
    {
        Assert.Throws<ArgumentException>(() => Reactor.Over(threshold));
        Assert.Throws<ArgumentException>(() => Reactor.Under(threshold));
        Assert.Throws<ArgumentException>(() => Reactor.Within(threshold, 1));
        Assert.Throws<ArgumentException>(() => Reactor.Within(1, threshold));
    }

    [Fact]
    public void Bounds_the_wrong_way_round_are_refused() =>
        Assert.Contains("swap the bounds", Assert.Throws<ArgumentException>(() => Reactor.Within(6, 3)).Message, StringComparison.Ordinal);
}
