namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest Percentiles() =>
        Reactors.Test(Reactor.Percentiles(TimeSpan.FromSeconds(60), 0.5, 0.99))
            .Given(Array.ConvertAll([12, 15, 240, 18, 20], ms => new Event { Service = "latency", Metric = ms })).After(seconds: 60)
            .Emits("latency 0.5", "latency 0.99");
}
