namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Difference() =>
        Reactors.Test(Reactor.EventWindow(2).Difference())
            .Given(100, 97, 100, 20)
            .Emits(3d, 80);
}
