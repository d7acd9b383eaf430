namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest MovingVariance() =>
        Reactors.Test(Reactor.MovingVariance(3))
            .Given(2, 4, 6, 6)
            .Emits(2, 4, 4 / 3d);

    public static ReactorTest MovingVariance_of_a_time() =>
        Reactors.Test(Reactor.MovingVariance(TimeSpan.FromSeconds(10)))
            .Given(2).After(seconds: 5)
            .Given(4).After(seconds: 5)
            .Given(8)
            .Emits(2, 8);
}
