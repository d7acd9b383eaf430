namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Publish() =>
        Reactors.Test(Reactor.Over(90).Publish("hot").Throttle(1, per: TimeSpan.FromSeconds(60)))
            .Given(95, 50).After(seconds: 10)
            .Given(97).After(seconds: 60)
            .Given(99)
            .Emits(95, 99);
}
