namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Under() =>
        Reactors.Test(Reactor.Under(10))
            .Given(30).After(seconds: 5)
            .Given(10).After(seconds: 5)
            .Given(9).After(seconds: 5)
            .Given(new Event { Service = "service", Description = "no metric" }).After(seconds: 5)
            .Given(-1)
            .Emits(9, -1);
}
