namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest StandardDeviation() =>
        Reactors.Test(Reactor.EventWindow(4).StandardDeviation())
            .Given(10, 20, 20, 30)
            .Emits(Math.Sqrt(50));
}
