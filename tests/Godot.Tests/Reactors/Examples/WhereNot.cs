namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest WhereNot() =>
        Reactors.Test(Reactor.WhereNot("state", "ok"))
            .Given(new Event { Service = "disk", State = "ok" }).After(seconds: 5)
            .Given(new Event { Service = "disk", State = "critical" }).After(seconds: 5)
            .Given(new Event { Service = "disk" })
            .Emits(new Event { State = "critical" }, new Event { State = null });
}
