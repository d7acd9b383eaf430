namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest ChangedState() =>
        Reactors.Test(Reactor.ChangedState(initially: "ok"))
            .Given(new Event { Service = "web", State = "ok" }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "critical" }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "critical" }).After(seconds: 1)
            .Given(new Event { Service = "web", State = "ok" })
            .Emits(new Event { Service = "web", State = "critical" }, new Event { Service = "web", State = "ok" });
}
