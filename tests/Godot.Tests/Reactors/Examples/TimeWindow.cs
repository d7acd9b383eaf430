using System.Globalization;

namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest TimeWindow() =>
        Reactors.Test(Reactor.TimeWindow(TimeSpan.FromSeconds(60)))
            .Given("login").After(seconds: 40)
            .Given("search").After(seconds: 20)
            .Given("order").After(seconds: 60)
            .EmitsBatches(["login", "search"], ["order"]);

    public static ReactorTest TimeWindow_on_the_hour() =>
        Reactors.Test(Reactor.TimeWindow(TimeSpan.FromHours(1), offset: TimeSpan.Zero))
            .After(TimeSpan.FromMinutes(50)).Given("login").After(TimeSpan.FromMinutes(10))
            .Given("search").After(TimeSpan.FromMinutes(60))
            .EmitsBatches(["login"], ["search"]);

    public static ReactorTest TimeWindow_of_the_events_own_time() =>
        Reactors.Test(Reactor.TimeWindow(TimeSpan.FromSeconds(60), lateness: TimeSpan.FromSeconds(10)))
            .After(seconds: 50).Given("login").After(seconds: 12)
            .Given("order", "payment").After(seconds: 2)
            .Given(new Event { Service = "search", Time = DateTimeOffset.Parse("2025-01-01T00:00:55Z", CultureInfo.InvariantCulture) }).After(seconds: 6)
            .EmitsBatches(["login", "search"])
            .After(seconds: 2).Given(new Event { Service = "far too late", Time = DateTimeOffset.Parse("2025-01-01T00:00:58Z", CultureInfo.InvariantCulture) }).After(seconds: 58)
            .EmitsBatches(["order", "payment"]);
}
