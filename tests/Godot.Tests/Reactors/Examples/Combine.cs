namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Combine() =>
        Reactors.Test(Reactor.Rollup(TimeSpan.FromSeconds(60)).Combine(events => events[^1] with { Metric = events.Count }))
            .Given("login", "login").After(seconds: 20)
            .Given("logout").After(seconds: 40)
            .Emits(new Event { Service = "logout", Metric = 3 });
}
