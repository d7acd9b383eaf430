namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest FollowedBy() =>
        Reactors.Test(Reactor.When("state", "critical").FollowedBy("state", "ok", within: TimeSpan.FromSeconds(10)))
            .Given(new Event { Service = "web", State = "critical", Metric = 1 }).After(seconds: 4)
            .Given(new Event { Service = "web", State = "ok", Metric = 2 }).After(seconds: 4)
            .Given(new Event { Service = "web", State = "critical", Metric = 3 }).After(seconds: 11)
            .Given(new Event { Service = "web", State = "ok", Metric = 4 })
            .Emits(1, 2);
}
