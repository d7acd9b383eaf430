namespace Godot.Tests;

/// <summary>Events and times to test with.</summary>
static class Sample
{
    public static Event Of(string? service = null, double? metric = null, string? host = null, string? state = null) =>
        new() { Host = host, Service = service, Metric = metric, State = state };

    public static Event State(string? state) => new() { Host = "host", Service = "cpu", State = state };

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    public static DateTimeOffset At(double seconds) => new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);

    public static double[] Times(this ReactorTest test) => [.. test.Emitted.Select(emission => emission.At.TotalSeconds)];
}
