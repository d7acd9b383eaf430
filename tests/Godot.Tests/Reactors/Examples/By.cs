namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest By() =>
        Reactors.Test(Reactor.By("service", service => service.MovingAverage(2)))
            .Given(new Event { Host = "a", Service = "cpu", Metric = 10 }).After(seconds: 1)
            .Given(new Event { Host = "b", Service = "cpu", Metric = 30 }, new Event { Host = "a", Service = "memory", Metric = 60 })
            .After(seconds: 1)
            .Given(new Event { Host = "a", Service = "cpu", Metric = 50 })
            .Emits(10, 20, 60, 40);

    public static ReactorTest By_two_fields() =>
        Reactors.Test(Reactor.By(["service", "state"], each => each.Throttle(1, per: TimeSpan.FromSeconds(60))))
            .Given(new Event { Service = "api", State = "critical" }, new Event { Service = "db", State = "critical" }).After(seconds: 30)
            .Given(new Event { Service = "api", State = "critical" }, new Event { Service = "api", State = "ok" }).After(seconds: 30)
            .Given(new Event { Service = "api", State = "critical" })
            .Emits("api", "db", "api", "api");
}
