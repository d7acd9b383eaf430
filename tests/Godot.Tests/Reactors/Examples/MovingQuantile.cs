namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest MovingQuantile() =>
        Reactors.Test(Reactor.MovingQuantile(0.9, 5))
            .Given(10, 20, 30, 40, 50, 10)
            .Emits(10, 19, 28, 37, 46, 46);
}
