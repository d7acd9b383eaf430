namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest For() =>
        Reactors.Test(Reactor.For(TimeSpan.FromSeconds(10), e => e.Metric > 90))
            .Given(95).After(seconds: 4)
            .Given(80).After(seconds: 4)
            .Given(96).After(seconds: 4)
            .Given(97).After(seconds: 8)
            .Given(98).After(seconds: 4)
            .Given(70)
            .Emits(97, 98);

    public static ReactorTest For_a_field() =>
        Reactors.Test(Reactor.For(TimeSpan.FromSeconds(10), "state", "critical"))
            .Given(new Event { Service = "web", State = "critical" }).After(seconds: 10)
            .Emits(new Event { Service = "web", State = "critical" });
}
