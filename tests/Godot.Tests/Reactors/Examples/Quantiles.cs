namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Quantiles() =>
        Reactors.Test(Reactor.EventWindow(10).Quantiles(0.5, 0.95))
            .Given(12, 15, 11, 300, 14).After(seconds: 1)
            .Given(13, 12, 16, 80, 12)
            .Emits(new Event { Service = "service 0.5", Metric = 13 }, new Event { Service = "service 0.95", Metric = 300 });
}
