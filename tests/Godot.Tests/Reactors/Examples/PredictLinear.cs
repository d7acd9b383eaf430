namespace Godot.Tests;

static partial class Examples
{
    public static ReactorTest PredictLinear() =>
        Reactors.Test(Reactor.PredictLinear(window: TimeSpan.FromSeconds(30), ahead: TimeSpan.FromSeconds(60)))
            .Given(100).After(seconds: 10)
            .Given(90).After(seconds: 10)
            .Given(80).After(seconds: 10)
            .Given(85)
            .Emits(30, 20, 67.5);

    public static ReactorTest PredictLinear_of_a_disk_that_will_be_full_within_4_hours() =>
        Reactors.Test(Reactor.Where("service", "disk free GB").PredictLinear(window: TimeSpan.FromHours(1), ahead: TimeSpan.FromHours(4))
            .Under(0))
            .Given(Free(100)).After(TimeSpan.FromMinutes(30))
            .Given(Free(90)).After(TimeSpan.FromMinutes(30))
            .Given(Free(75)).After(TimeSpan.FromMinutes(30))
            .Given(Free(70))
            .Emits(-45d);

    static Event Free(double gigabytes) => new() { Host = "db1", Service = "disk free GB", Metric = gigabytes };
}
