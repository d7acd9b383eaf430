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
            .After(seconds: 50).Given(new Event { Service = "login" }).After(seconds: 14)
            .Given(new Event { Service = "order" }).After(seconds: 2)
            .Given(new Event { Service = "search", Description = "delayed, of 0:55", Time = new(2025, 1, 1, 0, 0, 55, TimeSpan.Zero) })
            .After(seconds: 8)
            .EmitsBatches(["login", "search"])
            .Given(new Event { Service = "logout", Description = "too late, of 0:58", Time = new(2025, 1, 1, 0, 0, 58, TimeSpan.Zero) })
            .After(seconds: 60)
            .EmitsBatches(["order"]);
}
