namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Top() =>
        Reactors.Test(Reactor.Top(2))
            .Given(new Event { Host = "a", Metric = 10 }).After(seconds: 1)
            .Given(new Event { Host = "b", Metric = 30 }).After(seconds: 1)
            .Given(new Event { Host = "c", Metric = 5 }).After(seconds: 1)
            .Given(new Event { Host = "d", Metric = 20 }).After(seconds: 1)
            .Given(new Event { Host = "a", Metric = 15 })
            .Emits(10, 30, 20);
}
