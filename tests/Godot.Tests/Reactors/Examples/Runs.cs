namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Runs() =>
        Reactors.Test(Reactor.Runs(3).ChangedState())
            .Given(new Event { Service = "web", State = "ok" }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "critical" }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "ok" }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "critical" }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "critical" }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "critical" }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "critical" })
            .Emits(new Event { Service = "web", State = "critical" });
}
