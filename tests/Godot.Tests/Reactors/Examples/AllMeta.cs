namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest AllMeta() =>
        Reactors.Test(Reactor.AllMeta("region", "rack"))
            .Given(
                new Event { Service = "a", Meta = new Dictionary<string, MetaValue> { ["region"] = "eu" } },
                new Event { Service = "b", Meta = new Dictionary<string, MetaValue> { ["region"] = "us", ["rack"] = 7 } },
                new Event { Service = "c", Meta = new Dictionary<string, MetaValue> { ["rack"] = 9 } },
                new Event { Service = "d" })
            .Emits("b");
}
