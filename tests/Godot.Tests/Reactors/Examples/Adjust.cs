namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Adjust() =>
        Reactors.Test(Reactor.Adjust(celsius => celsius * 9 / 5 + 32))
            .Given(0).After(seconds: 1)
            .Given(100).After(seconds: 1)
            .Given(-40)
            .Emits(32, 212, -40);
}
