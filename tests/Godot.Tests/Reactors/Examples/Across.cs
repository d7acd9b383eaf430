namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Across() =>
        Reactors.Test(Reactor.Across(all => all.MovingAverage(3)))
            .Given(new Event { Host = "a", Service = "cpu", Metric = 10 }).After(seconds: 1)
            .Given(new Event { Host = "b", Service = "cpu", Metric = 30 }).After(seconds: 1)
            .Given(new Event { Host = "c", Service = "cpu", Metric = 80 })
            .Emits(10, 20, 40);
}
