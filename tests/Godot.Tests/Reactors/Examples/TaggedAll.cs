namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest TaggedAll() =>
        Reactors.Test(Reactor.TaggedAll("prod", "web"))
            .Given(new Event { Service = "front", Tags = ["prod", "eu", "web"] }).After(seconds: 5)
            .Given(new Event { Service = "queue", Tags = ["prod"] }).After(seconds: 5)
            .Given(new Event { Service = "preview", Tags = ["test", "web"] })
            .Emits("front");
}
