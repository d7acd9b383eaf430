namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Count() =>
        Reactors.Test(Reactor.Count(TimeSpan.FromSeconds(60)))
            .Given(120, 250, 90).After(seconds: 30)
            .Given(new Event { Service = "no metric" }, new Event { Host = "host", Service = "login", Metric = 80 }).After(seconds: 30)
            .Emits(new Event { Host = "host", Service = null, Metric = 4, Tags = ["per 60s"] })
            .After(seconds: 90).Given(70).After(seconds: 30)
            .Emits(1d);
}
