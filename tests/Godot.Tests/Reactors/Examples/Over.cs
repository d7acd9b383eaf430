namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Over() =>
        Reactors.Test(Reactor.Over(90))
            .Given(70).After(seconds: 5)
            .Given(90).After(seconds: 5)
            .Given(91).After(seconds: 5)
            .Given(new Event { Service = "service", Description = "no metric" }).After(seconds: 5)
            .Given(99)
            .Emits(91, 99);
}
