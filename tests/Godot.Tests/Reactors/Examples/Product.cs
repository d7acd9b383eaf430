namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Product() =>
        Reactors.Test(Reactor.EventWindow(3).Product())
            .Given(0.9, 0.5, 0.8)
            .Emits(0.36);
}
