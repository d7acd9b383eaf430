namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Median() =>
        Reactors.Test(Reactor.EventWindow(5).Median())
            .Given(20, 30, 900, 10, 40)
            .Emits(30d);
}
