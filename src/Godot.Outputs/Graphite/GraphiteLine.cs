using System.Globalization;

namespace Godot;

/// <summary>An event as a line of Graphite's plaintext protocol.</summary>
static class GraphiteLine
{
    /// <summary>Null if the event has no metric.</summary>
    public static string? Of(Event e, string prefix)
    {
        if (e.Metric is not { } metric) return null;
        string path = GraphitePath.Of(prefix, e.Host, e.Service);
        return string.Create(CultureInfo.InvariantCulture, $"{path} {metric:R} {e.View.Time.ToUnixTimeSeconds()}\n");
    }
}
