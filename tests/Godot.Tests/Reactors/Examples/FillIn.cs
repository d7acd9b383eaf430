namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest FillIn() =>
        Reactors.Test(Reactor.FillIn(TimeSpan.FromSeconds(10), new Event { Metric = 0 }))
            .Given(5).After(seconds: 5)
            .Given(7).After(seconds: 22)
            .Given(3)
            .Emits(5, 7, 0, 0, 3);
}
