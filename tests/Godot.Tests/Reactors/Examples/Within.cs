namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Within() =>
        Reactors.Test(Reactor.Within(400, 499))
            .Given(200).After(seconds: 1)
            .Given(400).After(seconds: 1)
            .Given(404).After(seconds: 1)
            .Given(499).After(seconds: 1)
            .Given(500)
            .Emits(400, 404, 499);
}
