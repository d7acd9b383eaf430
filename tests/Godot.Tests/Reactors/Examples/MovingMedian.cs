namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest MovingMedian() =>
        Reactors.Test(Reactor.MovingMedian(3))
            .Given(20, 21, 95, 22, 20)
            .Emits(20, 20.5, 21, 22, 22);
}
