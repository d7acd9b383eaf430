namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Coalesce() =>
        Reactors.Test(Reactor.Coalesce().Combine(all => all[^1] with { Metric = all.Max(e => e.Metric) }))
            .Given(new Event { Host = "a", Metric = 10 }).After(seconds: 1)
            .Given(new Event { Host = "b", Metric = 30 }).After(seconds: 1)
            .Given(new Event { Host = "b", Metric = 5 })
            .Emits(10, 30, 10);

    public static ReactorTest Coalesce_every_interval() =>
        Reactors.Test(Reactor.Coalesce(TimeSpan.FromSeconds(10)))
            .Given("cpu", "disk", "cpu").After(seconds: 10)
            .EmitsBatches(["cpu", "disk"])
            .Given("memory").After(seconds: 20)
            .EmitsBatches(["cpu", "disk", "memory"]);
}
