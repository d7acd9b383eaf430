namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Apdex() =>
        Reactors.Test(Reactor.Apdex(TimeSpan.FromSeconds(60), satisfied: 100))
            .Given(80, 95, 250, 900).After(seconds: 60)
            .Given(60).After(seconds: 60)
            .Emits(0.625, 1);
}
