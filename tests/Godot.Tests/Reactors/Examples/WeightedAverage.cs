namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest WeightedAverage() =>
        Reactors.Test(Reactor.WeightedAverage(1, 3))
            .Given(4).After(seconds: 1)
            .Given(8).After(seconds: 1)
            .Given(0)
            .Emits(4, 7, 2);
}
