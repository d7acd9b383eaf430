namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest WindowSum() =>
        Reactors.Test(Reactor.WindowSum(TimeSpan.FromSeconds(60)))
            .Given(40).After(seconds: 30)
            .Given(25).After(seconds: 29)
            .Given(50).After(seconds: 1)
            .Given(10).After(seconds: 30)
            .Given(5)
            .Emits(40d, 65, 115, 10, 15);
}
