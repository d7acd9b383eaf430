namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest UnderMeta() =>
        Reactors.Test(Reactor.UnderMeta("load", 5))
            .Given(
                new Event { Service = "a", Meta = new Dictionary<string, MetaValue> { ["load"] = 10 } },
                new Event { Service = "b", Meta = new Dictionary<string, MetaValue> { ["load"] = 5 } },
                new Event { Service = "c", Meta = new Dictionary<string, MetaValue> { ["load"] = 0 } },
                new Event { Service = "d", Meta = new Dictionary<string, MetaValue> { ["load"] = "10" } })
            .Emits("c");
}
