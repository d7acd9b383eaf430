namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Ewma_of_the_events_own_time() =>
        Reactors.Test(Reactor.Ewma(halfLife: TimeSpan.FromSeconds(10), lateness: TimeSpan.FromSeconds(5))).After(seconds: 60)
            .Given(Sent(0, at: 30)).After(seconds: 1)
            .Given(Sent(8, at: 40), Sent(8, at: 50), Sent(8, at: 45), Sent(99, at: 20))
            .Emits(0, 4, 6, 6);

    static Event Sent(double metric, double at) => new() { Service = "queue", Metric = metric, Time = Sample.At(at) };
}
