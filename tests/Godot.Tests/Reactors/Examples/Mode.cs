namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Mode() =>
        Reactors.Test(Reactor.EventWindow(5).Mode())
            .Given(200, 404, 200, 500, 200)
            .Emits(200d);
}
