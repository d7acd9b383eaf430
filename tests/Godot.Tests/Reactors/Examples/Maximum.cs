namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Maximum() =>
        Reactors.Test(Reactor.TimeWindow(TimeSpan.FromSeconds(60)).Maximum())
            .Given(new Event { Host = "web1", Service = "cpu", Metric = 40 }).After(seconds: 20)
            .Given(new Event { Host = "web2", Service = "cpu", Metric = 97 }).After(seconds: 20)
            .Given(new Event { Host = "web3", Service = "cpu", Metric = 55 }).After(seconds: 20)
            .Emits(new Event { Host = "web2", Service = "cpu", Metric = 97 });
}
