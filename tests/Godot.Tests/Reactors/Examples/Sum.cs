namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Sum() =>
        Reactors.Test(Reactor.Sum())
            .Given(10).After(seconds: 5)
            .Given(new Event { Service = "service", Description = "no metric" }).After(seconds: 5)
            .Given(-3).After(seconds: 5)
            .Given(0.5)
            .Emits(10, 7, 7.5);

    public static ReactorTest Sum_of_a_time() =>
        Reactors.Test(Reactor.Sum(TimeSpan.FromSeconds(60)))
            .Given(10).After(seconds: 30)
            .Given(25).After(seconds: 30)
            .Given(7).After(seconds: 60)
            .Emits(35d, 7);

    public static ReactorTest Sum_of_batches() =>
        Reactors.Test(Reactor.EventWindow(3).Sum())
            .Given(3, 1, 2).After(seconds: 5)
            .Given(6, 5, 4)
            .Emits(6d, 15);
}
