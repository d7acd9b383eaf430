namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest FillInLast() =>
        Reactors.Test(Reactor.FillInLast(TimeSpan.FromSeconds(10), e => e with { State = "unknown" }))
            .Given(new Event { Service = "queue", State = "ok", Metric = 5 }).After(seconds: 22)
            .Given(new Event { Service = "queue", State = "ok", Metric = 7 })
            .Emits(
                new Event { Service = "queue", State = "ok", Metric = 5 },
                new Event { Service = "queue", State = "unknown", Metric = 5 },
                new Event { Service = "queue", State = "unknown", Metric = 5 },
                new Event { Service = "queue", State = "ok", Metric = 7 });
}
