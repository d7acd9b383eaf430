namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest NotExpired() =>
        Reactors.Test(Reactor.NotExpired())
            .Given(new Event { Service = "heartbeat", State = "ok" }, new Event { Service = "heartbeat", State = "expired" },
                new Event { Service = "cpu" })
            .Emits(new Event { Service = "heartbeat", State = "ok" }, new Event { Service = "cpu" });
}
