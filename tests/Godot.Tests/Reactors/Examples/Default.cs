namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Default() =>
        Reactors.Test(Reactor.Default(state: "ok", ttl: TimeSpan.FromSeconds(60)))
            .Given(new Event { Service = "cpu" }, new Event { Service = "disk", State = "critical", Ttl = TimeSpan.FromSeconds(5) })
            .Emits(
                new Event { Service = "cpu", State = "ok", Ttl = TimeSpan.FromSeconds(60) },
                new Event { Service = "disk", State = "critical", Ttl = TimeSpan.FromSeconds(5) });
}
