namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Stable() =>
        Reactors.Test(Reactor.Stable(TimeSpan.FromSeconds(5)))
            .Given(new Event { Service = "web", State = "ok", Metric = 1 }).After(seconds: 6)
            .Given(new Event { Service = "web", State = "critical", Metric = 2 }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "ok", Metric = 3 }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "critical", Metric = 4 }).After(seconds: 3)
            .Given(new Event { Service = "web", State = "critical", Metric = 5 }).After(seconds: 4)
            .Given(new Event { Service = "web", State = "critical", Metric = 6 })
            .Emits(1, 4, 5, 6);
}
