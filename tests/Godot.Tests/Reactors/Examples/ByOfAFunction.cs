namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest By_of_a_function() =>
        Reactors.Test(Reactor.By(e => e.Service?.Split('/')[0], application => application.Sum()))
            .Given(new Event { Service = "shop/orders", Metric = 2 }, new Event { Service = "shop/returns", Metric = 3 },
                new Event { Service = "mail/sent", Metric = 7 })
            .After(seconds: 10)
            .Given(new Event { Service = "shop/orders", Metric = 4 })
            .Emits(2, 5, 7, 9);
}
