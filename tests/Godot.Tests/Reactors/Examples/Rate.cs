namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Rate() =>
        Reactors.Test(Reactor.Rate(TimeSpan.FromSeconds(10)))
            .Given(30).After(seconds: 5)
            .Given(60).After(seconds: 5)
            .Emits(9d)
            .After(seconds: 15).Given(20).After(seconds: 5)
            .Emits(2d);
}
