namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Map() =>
        Reactors.Test(Reactor.Map(e => e with { Metric = e.Metric / 1024, Description = "KiB" }))
            .Given(2048).After(seconds: 1)
            .Given(512).After(seconds: 1)
            .Given(new Event { Service = "service" })
            .Emits(new Event { Metric = 2, Description = "KiB" }, new Event { Metric = 0.5 }, new Event { Metric = null });
}
