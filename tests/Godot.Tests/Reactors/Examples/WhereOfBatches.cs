namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Where_of_batches() =>
        Reactors.Test(Reactor.TimeWindow(TimeSpan.FromSeconds(60)).Where(events => events.Count >= 3))
            .Given("timeout", "timeout").After(seconds: 60)
            .Given("timeout", "timeout", "refused").After(seconds: 60)
            .EmitsBatches(["timeout", "timeout", "refused"]);
}
