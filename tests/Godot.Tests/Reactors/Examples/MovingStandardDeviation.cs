namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest MovingStandardDeviation() =>
        Reactors.Test(Reactor.MovingStandardDeviation(4))
            .Given(10, 10, 14, 10, 30)
            .Emits(0, Math.Sqrt(16 / 3d), 2, Math.Sqrt(272 / 3d));

    public static ReactorTest MovingStandardDeviation_of_a_time() =>
        Reactors.Test(Reactor.MovingStandardDeviation(TimeSpan.FromSeconds(10)))
            .Given(2, 4, 6).After(seconds: 10)
            .Given(8, 8)
            .Emits(Math.Sqrt(2), 2, 0);
}
