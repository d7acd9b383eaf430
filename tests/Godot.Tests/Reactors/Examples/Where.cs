namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Where() =>
        Reactors.Test(Reactor.Where("service", "*/heartbeat"))
            .Given("api/heartbeat", "api/latency").After(seconds: 5)
            .Given("db/heartbeat", "db/heartbeat/old").After(seconds: 5)
            .Given("heartbeat", "/heartbeat")
            .Emits("api/heartbeat", "db/heartbeat", "/heartbeat");

    public static ReactorTest Where_of_several_fields() =>
        Reactors.Test(Reactor.Where(("service", "disk"), ("state", "critical")))
            .Given(new Event { Host = "db-1", Service = "disk", State = "ok" }).After(seconds: 5)
            .Given(new Event { Host = "db-1", Service = "disk", State = "critical" },
                new Event { Host = "db-1", Service = "cpu", State = "critical" }).After(seconds: 5)
            .Given(new Event { Host = "db-2", Service = "disk" })
            .Emits(new Event { Host = "db-1", Service = "disk", State = "critical" });

    public static ReactorTest Where_of_a_function() =>
        Reactors.Test(Reactor.Where(e => e.Metric % 2 == 0)).Given(1).After(seconds: 1).Given(2).After(seconds: 1).Given(3, 4).Emits(2d, 4);
}
