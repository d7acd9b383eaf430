namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest With() =>
        Reactors.Test(Reactor.Where("service", "api latency").Over(500).With(service: "api slow", state: "warning"))
            .Given(new Event { Host = "web1", Service = "api latency", Metric = 120, State = "ok" },
                new Event { Host = "web1", Service = "api latency", Metric = 800, State = "ok" })
            .Emits(new Event { Host = "web1", Service = "api slow", Metric = 800, State = "warning" });
}
