namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Tag() =>
        Reactors.Test(Reactor.Over(90).Tag("page", "production"))
            .Given(new Event { Service = "cpu", Metric = 20 }, new Event { Service = "cpu", Metric = 95, Tags = ["production"] })
            .Emits(new Event { Service = "cpu", Metric = 95, Tags = ["production", "page"] });

    public static ReactorTest Tag_of_a_recipe() =>
        Reactors.Test(Reactor.Tag("average", r => r.MovingAverage(2)))
            .Given(1, 2, 6)
            .Emits(
                new Event { Metric = 1, Tags = ["average:1"] },
                new Event { Metric = 2, Tags = ["average:1.5"] },
                new Event { Metric = 6, Tags = ["average:4"] });
}
