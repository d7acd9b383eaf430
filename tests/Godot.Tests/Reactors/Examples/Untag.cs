namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Untag() =>
        Reactors.Test(Reactor.Untag("debug"))
            .Given(new Event { Service = "cpu", Tags = ["debug", "linux"] }, new Event { Service = "disk", Tags = ["linux"] })
            .Emits(new Event { Service = "cpu", Tags = ["linux"] }, new Event { Service = "disk", Tags = ["linux"] });
}
