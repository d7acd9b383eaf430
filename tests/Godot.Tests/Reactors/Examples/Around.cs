namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Around() =>
        Reactors.Test(Reactor.Around(r => r.Over(90).Console(), r => r.Change("state").Console()))
            .Given(new Event { Service = "cpu", Metric = 50, State = "ok" }).After(seconds: 5)
            .Given(new Event { Service = "cpu", Metric = 95, State = "critical" }).After(seconds: 5)
            .Given(new Event { Service = "cpu", Metric = 60, State = "critical" })
            .Emits(50, 95, 60);
}
