namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Derivative() =>
        Reactors.Test(Reactor.Derivative())
            .Given(10).After(seconds: 2)
            .Given(14).After(seconds: 4)
            .Given(14).After(seconds: 1)
            .Given(4)
            .Emits(2, 0, -10);
}
