namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Scale() =>
        Reactors.Test(Reactor.Scale(100))
            .Given(0.25).After(seconds: 1)
            .Given(0.5).After(seconds: 1)
            .Given(-1)
            .Emits(25, 50, -100);
}
