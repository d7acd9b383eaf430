namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Meta() =>
        Reactors.Test(Reactor.Where("host", "fra*").Meta("region", "eu"))
            .Given(new Event { Host = "fra1", Service = "cpu" }, new Event { Host = "nyc1", Service = "cpu" })
            .Emits(new Event { Host = "fra1", Service = "cpu", Meta = new Dictionary<string, MetaValue> { ["region"] = "eu" } });

    public static ReactorTest Meta_of_a_recipe() =>
        Reactors.Test(Reactor.Meta("average", r => r.MovingAverage(2)))
            .Given(1, 2, 6)
            .Emits(
                new Event { Metric = 1, Meta = new Dictionary<string, MetaValue> { ["average"] = 1 } },
                new Event { Metric = 2, Meta = new Dictionary<string, MetaValue> { ["average"] = 1.5 } },
                new Event { Metric = 6, Meta = new Dictionary<string, MetaValue> { ["average"] = 4 } });
}
