namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest HoltWinters() =>
        Reactors.Test(Reactor.HoltWinters(season: TimeSpan.FromSeconds(60), steps: 3).Over(3))
            .Given(Visits(10)).After(seconds: 20).Given(Visits(50)).After(seconds: 20).Given(Visits(20)).After(seconds: 20)
            .Given(Visits(12)).After(seconds: 20).Given(Visits(49)).After(seconds: 20).Given(Visits(21)).After(seconds: 20)
            .Given(Visits(11)).After(seconds: 20).Given(Visits(50)).After(seconds: 20).Given(Visits(50))
            .Emits("visits");

    static Event Visits(double number) => new() { Service = "visits", Metric = number };
}
