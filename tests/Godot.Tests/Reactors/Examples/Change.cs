namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Change() =>
        Reactors.Test(Reactor.Change("state"))
            .Given(new Event { Host = "a", Service = "disk", State = "ok" }, new Event { Host = "b", Service = "disk", State = "critical" })
            .After(seconds: 10)
            .Given(new Event { Host = "a", Service = "disk", State = "ok" }, new Event { Host = "b", Service = "disk", State = "critical" })
            .After(seconds: 10)
            .Given(new Event { Host = "a", Service = "disk", State = "critical" }).After(seconds: 10)
            .Given(new Event { Host = "a", Service = "disk", State = "ok" })
            .Emits(new Event { Host = "a", State = "critical" }, new Event { Host = "a", State = "ok" });

    public static ReactorTest Change_from_one_state_to_another() =>
        Reactors.Test(Reactor.Change("state", from: "critical", to: "ok"))
            .Given(new Event { Service = "disk", State = "ok" }).After(seconds: 10)
            .Given(new Event { Service = "disk", State = "critical" }).After(seconds: 10)
            .Given(new Event { Service = "disk", State = "ok" }).After(seconds: 10)
            .Given(new Event { Service = "disk", State = "warning" }).After(seconds: 10)
            .Given(new Event { Service = "disk", State = "ok" })
            .Emits(new Event { State = "ok" });
}
