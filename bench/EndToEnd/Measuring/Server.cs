using System.Globalization;

namespace Godot.Bench;

/// <summary>A server of ours in a process of its own, seen as an operator sees it.</summary>
sealed class Server : IDisposable
{
    static readonly HttpClient Http = new();

    readonly Child child;
    readonly int http;

    public Server(string reactors, string transport = "tcp")
    {
        child = Child.StartPart("serve", reactors, transport);
        Reading listening = new(child.ReadLine());
        (Port, http) = ((int)listening["port"], (int)listening["http"]);
    }

    public int Port { get; }

    public double ProcessorSeconds => child.ProcessorSeconds;

    /// <summary>Well-formed events that it read; what UDP lost before is not among them.</summary>
    public double Received => Metric("godot_events_received_total");

    /// <summary>Events that it says it lost.</summary>
    public double Dropped => Metric("godot_events_dropped_total");

    /// <summary>Events that came to the first stage of a reactor.</summary>
    public double Reached(string reactor) => Metrics()
        .Where(line => line.StartsWith($"godot_reactor_events_total{{reactor=\"{reactor}\",", StringComparison.Ordinal))
        .Select(ValueOf)
        .DefaultIfEmpty().Max();

    /// <summary>Latencies since the last call.</summary>
    public Reading Latencies()
    {
        child.Say("latencies");
        return new Reading(child.ReadLine());
    }

    public void Dispose() => child.Dispose();

    /// <summary>A counter of <c>/metrics</c>, all its labels together.</summary>
    double Metric(string name) => Metrics().Where(line => line.StartsWith(name + '{', StringComparison.Ordinal)).Sum(ValueOf);

    static double ValueOf(string line) => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    string[] Metrics() => Http.GetStringAsync($"http://127.0.0.1:{http}/metrics").GetAwaiter().GetResult().Split('\n');
}
