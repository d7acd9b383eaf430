namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Counter() =>
        Reactors.Test(Reactor.Counter())
            .Given(1).After(seconds: 1)
            .Given(2).After(seconds: 1)
            .Given(-4)
            .Emits(1, 3, -1);
}
