namespace Godot.Tests;

public sealed class AdjustTests
{
    [Fact]
    public void The_metric_is_what_the_function_makes_of_it() => Reactors.Test(r => r.Adjust(Math.Abs)).Given(-1, 0, 2).Emits(1, 0, 2);

    [Fact]
    public void Scale_multiplies() => Reactors.Test(r => r.Scale(-0.5)).Given(4, -4, 0).Emits(-2, 2, 0);

    [Fact]
    public void An_event_without_a_metric_passes_unchanged()
    {
        Reactors.Test(r => r.Adjust(metric => 1)).Given(Sample.Of("a")).Emits(new Event { Service = "a", Metric = null });
        Reactors.Test(r => r.Scale(2)).Given(Sample.Of("a")).Emits(new Event { Service = "a", Metric = null });
    }

    [Fact]
    public void What_would_not_be_finite_is_dropped()
    {
        Reactors.Test(r => r.Scale(10)).Given(1e308, 1, -1e308).Emits(10d);
        Reactors.Test(r => r.Adjust(Math.Log)).Given(-1, 0, 1).Emits(0d);
    }

    [Fact]
    public void A_function_that_throws_loses_that_event() =>
        Reactors.Test(r => r.Adjust(metric => metric > 1 ? throw new InvalidOperationException() : metric)).Given(1, 2, 0).Loses(1)
        .Emits(1, 0);

    [Fact]
    public void A_factor_that_is_no_number_is_refused() => Assert.Throws<ArgumentException>(() => Reactor.Scale(double.PositiveInfinity));
}
