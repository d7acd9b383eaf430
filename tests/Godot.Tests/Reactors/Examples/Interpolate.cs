namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Interpolate() =>
        Reactors.Test(Reactor.Interpolate(TimeSpan.FromSeconds(10)))
            .Given(1).After(seconds: 4)
            .Given(2).After(seconds: 4)
            .Given(3).After(seconds: 24)
            .Given(new Event { Host = "host", Service = "service", Metric = 4, State = "expired" }).After(seconds: 20)
            .Emits(1, 3, 3, 3, 4);
}
