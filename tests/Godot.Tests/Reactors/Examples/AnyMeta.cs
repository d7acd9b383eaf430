namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest AnyMeta() =>
        Reactors.Test(Reactor.AnyMeta("region", "rack"))
            .Given(
                new Event { Service = "a", Meta = new Dictionary<string, MetaValue> { ["region"] = "eu" } },
                new Event { Service = "b", Meta = new Dictionary<string, MetaValue> { ["region"] = "us", ["rack"] = 7 } },
                new Event { Service = "c", Meta = new Dictionary<string, MetaValue> { ["rack"] = 9 } },
                new Event { Service = "d" })
            .Emits("a", "b", "c");
}
