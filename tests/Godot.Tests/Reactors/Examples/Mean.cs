namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Mean() =>
        Reactors.Test(Reactor.Mean())
            .Given(2).After(seconds: 5)
            .Given(4).After(seconds: 5)
            .Given(9)
            .Emits(2d, 3, 5);

    public static ReactorTest Mean_of_a_time() =>
        Reactors.Test(Reactor.Mean(TimeSpan.FromSeconds(60)))
            .Given(10).After(seconds: 30)
            .Given(20).After(seconds: 60)
            .Given(5).After(seconds: 30)
            .Emits(15d, 5);

    public static ReactorTest Mean_of_batches() =>
        Reactors.Test(Reactor.EventWindow(4).Mean())
            .Given(1).Given(new Event { Service = "service", Description = "no metric" }).Given(5, 3)
            .Emits(3d);
}
