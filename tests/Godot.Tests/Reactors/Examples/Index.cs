namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Index() =>
        Reactors.Test(Reactor.Index(ttl: TimeSpan.FromSeconds(60)))
            .Given(new Event { Host = "web", Service = "cpu", Metric = 40, State = "ok" }).After(seconds: 30)
            .Given(new Event { Host = "db", Service = "cpu", Metric = 70, State = "ok", Ttl = TimeSpan.FromSeconds(10) }).After(seconds: 10)
            .Given(new Event { Host = "web", Service = "cpu", Metric = 50, State = "ok" }).After(seconds: 60)
            .Emits(
                new Event { Host = "web", Metric = 40, State = "ok" },
                new Event { Host = "db", Metric = 70, State = "ok" },
                new Event { Host = "db", Metric = 70, State = "expired" },
                new Event { Host = "web", Metric = 50, State = "ok" },
                new Event { Host = "web", Metric = 50, State = "expired" });
}
