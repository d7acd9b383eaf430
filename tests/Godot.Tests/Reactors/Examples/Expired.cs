namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Expired() =>
        Reactors.Test(Reactor.Expired())
            .Given(new Event { Service = "heartbeat", State = "ok" }, new Event { Service = "heartbeat", State = "expired" },
                new Event { Service = "cpu" })
            .Emits(new Event { Service = "heartbeat", State = "expired" });
}
