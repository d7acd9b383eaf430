namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Minimum() =>
        Reactors.Test(Reactor.TimeWindow(TimeSpan.FromSeconds(60)).Minimum())
            .Given(new Event { Host = "db1", Service = "disk free", Metric = 40 }).After(seconds: 20)
            .Given(new Event { Host = "db2", Service = "disk free", Metric = 7 }).After(seconds: 20)
            .Given(new Event { Host = "db3", Service = "disk free" }, new Event { Host = "db4", Service = "disk free", Metric = 55 })
            .After(seconds: 20)
            .Emits(new Event { Host = "db2", Service = "disk free", Metric = 7 });
}
