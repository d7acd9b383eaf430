namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Split() =>
        Reactors.Test(Reactor.Split(
                Branch.When("state", "critical", r => r),
                Branch.When(e => e.Metric > 90, r => r.Throttle(1, per: TimeSpan.FromSeconds(60))),
                Branch.Else(r => r.Where("service", "disk"))))
            .Given(new Event { Service = "cpu", Metric = 95 }, new Event { Service = "cpu", Metric = 97 }).After(seconds: 5)
            .Given(new Event { Service = "cpu", Metric = 99, State = "critical" }, new Event { Service = "disk", Metric = 20 })
            .Emits(95, 99, 20);
}
