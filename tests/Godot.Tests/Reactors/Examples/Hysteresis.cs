namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Hysteresis() =>
        Reactors.Test(Reactor.Hysteresis(over: 90, until: 80))
            .Given(85).After(seconds: 1)
            .Given(91).After(seconds: 1)
            .Given(85).After(seconds: 1)
            .Given(79).After(seconds: 1)
            .Given(85)
            .Emits(91, 85);

    public static ReactorTest Hysteresis_of_what_gets_low() =>
        Reactors.Test(Reactor.Hysteresis(under: 10, until: 20))
            .Given(15).After(seconds: 1)
            .Given(9).After(seconds: 1)
            .Given(15).After(seconds: 1)
            .Given(21)
            .Emits(9, 15);
}
