namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Count_of_batches() =>
        Reactors.Test(Reactor.TimeWindow(TimeSpan.FromSeconds(60)).Count())
            .Given("login").After(seconds: 20)
            .Given("login", "logout").After(seconds: 40)
            .Emits(new Event { Host = "host", Service = null, Metric = 3 });
}
