namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest RateOfChange() =>
        Reactors.Test(Reactor.RateOfChange(TimeSpan.FromSeconds(60)))
            .Given(100).After(seconds: 30)
            .Given(120).After(seconds: 30)
            .Given(150).After(seconds: 30)
            .Given(60)
            .Emits(0.5, -0.5);
}
