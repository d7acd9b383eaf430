namespace Godot.Bench;

/// <summary>
/// What the reactors of the rows must emit, worked out as plainly as can be: dictionaries, queues and loops, System.Text.Json to read with,
/// nothing of ours. Slow, and easy to believe.
/// </summary>
sealed class NaiveEngine
{
    sealed record Watched(long Birth, PlainEvent Last, double Average, double Ttl, double Deadline);

    readonly Dictionary<(string?, string?), Queue<double>> windows = [];
    readonly Dictionary<(string?, string?), Watched> alive = [];
    readonly Dictionary<(string?, string?), long> births = [];

    public List<Emission> Averages { get; } = [];

    public List<Emission> Expired { get; } = [];

    /// <summary>An event comes, so many seconds after the first.</summary>
    public void Take(PlainEvent e, double now)
    {
        (string?, string?) key = (e.Host, e.Service);
        births.TryAdd(key, births.Count);
        if (e.Metric is not { } metric) return;

        if (!windows.TryGetValue(key, out Queue<double>? window)) windows[key] = window = [];
        window.Enqueue(metric);
        if (window.Count > 10) window.Dequeue();
        double average = window.Average();
        if (average > 50) Averages.Add(new Emission(e.Host, e.Service, e.State, e.Description, average, now));
        if (average > Recipes.Low && e.State != "expired" && e.Ttl is { } ttl)
            alive[key] = new Watched(births[key], e, average, ttl, now + ttl);
    }

    /// <summary>Time passes.</summary>
    public void AdvanceTo(double now)
    {
        foreach (Watched silent in alive.Values.Where(watched => watched.Deadline <= now).OrderBy(watched => watched.Deadline)
            .ThenBy(watched => watched.Birth))
        {
            alive.Remove((silent.Last.Host, silent.Last.Service));
            Expired.Add(new Emission(silent.Last.Host, silent.Last.Service, "expired", silent.Last.Description, silent.Average,
                silent.Deadline));
        }
    }
}
