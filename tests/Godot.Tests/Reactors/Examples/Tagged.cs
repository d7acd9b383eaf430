namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Tagged() =>
        Reactors.Test(Reactor.Tagged("web", "db"))
            .Given(new Event { Service = "front", Tags = ["prod", "web"] }).After(seconds: 5)
            .Given(new Event { Service = "queue", Tags = ["prod"] }).After(seconds: 5)
            .Given(new Event { Service = "store", Tags = ["db"] }).After(seconds: 5)
            .Given(new Event { Service = "cron" })
            .Emits("front", "store");
}
