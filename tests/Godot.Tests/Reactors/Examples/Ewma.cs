namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Ewma() =>
        Reactors.Test(Reactor.Ewma(alpha: 0.5))
            .Given(8).After(seconds: 1)
            .Given(4).After(seconds: 1)
            .Given(4).After(seconds: 1)
            .Given(13)
            .Emits(8, 6, 5, 9);

    public static ReactorTest Ewma_by_half_life() =>
        Reactors.Test(Reactor.Ewma(halfLife: TimeSpan.FromSeconds(10)))
            .Given(0).After(seconds: 10)
            .Given(8).After(seconds: 10)
            .Given(8).After(seconds: 20)
            .Given(0)
            .Emits(0, 4, 6, 1.5);
}
