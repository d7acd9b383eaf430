namespace Godot.Tests.Original;

/// <summary>The functions that recorded pipelines call, by the names under which the recordings tell what they do.</summary>
static class Functions
{
    public static Matcher Match(string name) => name switch
    {
        "isCritical" => Godot.Matcher.When(text => text == "critical"),
        "isBig" => Godot.Matcher.When((double number) => number >= 100),
        _ => throw new NotSupportedException(name),
    };

    public static Func<EventView, EventView> Map(string name) => name switch
    {
        "addOne" => e => e with { Metric = e.Metric + 1 },
        "tripleMetric" => e => e with { Metric = e.Metric * 3 },
        "copyAddTen" => e => e with { Metric = e.Metric + 10 },
        _ => throw new NotSupportedException(name),
    };

    /// <param name="name">What it is called.</param>
    /// <param name="passThrough">An event whose call fails passes as it is.</param>
    public static Func<Event, CancellationToken, Task<Event?>> AsyncMap(string name, bool passThrough) => async (e, stop) =>
    {
        await Task.Yield();
        return name switch
        {
            "asyncTriple" => e with { Metric = e.Metric * 3 },
            "asyncBySize" => e,
            "asyncError" => passThrough ? e : throw new InvalidOperationException("boom"),
            _ => throw new NotSupportedException(name),
        };
    };

    /// <summary>The last event, with the variance and the standard deviation of all in its meta.</summary>
    public static Event WithScatter(IReadOnlyList<Event> events)
    {
        double mean = events.Average(e => e.Metric!.Value);
        double variance = events.Average(e => (e.Metric!.Value - mean) * (e.Metric.Value - mean));
        return events[^1] with { Meta =
            new Dictionary<string, MetaValue>(events[^1].Meta) { ["variance"] = variance, ["stdDev"] = Math.Sqrt(variance) } };
    }

    public static Func<int, TimeSpan> Interval(string name) => name switch
    {
        "readmeInterval" => batches => TimeSpan.FromSeconds(batches < 2 ? 1 : 5),
        "growingInterval" => batches => TimeSpan.FromSeconds(batches + 1),
        _ => throw new NotSupportedException(name),
    };
}
