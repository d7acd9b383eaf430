using System.Globalization;
using Godot.Common;

namespace Godot;

/// <summary>An event as people read it.</summary>
static class EventText
{
    // Generous for what people write, and far below what fills a phone: a stack trace fits.
    const int LongestDescription = 2000, LongestValue = 300, MostMeta = 20;

    /// <summary>State, service and host on one line: <c>[expired] web/health on app1</c>.</summary>
    public static string Name(Event e)
    {
        string name = (e.Service, e.Host) switch
        {
            (null, null) => "an event without service and host",
            (null, { } host) => host,
            ({ } service, null) => service,
            ({ } service, { } host) => $"{service} on {host}",
        };
        return Short(string.IsNullOrEmpty(e.State) ? name : $"[{e.State}] {name}");
    }

    /// <summary>
    /// The same; of an event without a state also the metric, which is then all that it says: <c>cpu on api1 is 73.5</c>.
    /// </summary>
    public static string Title(Event e) => string.IsNullOrEmpty(e.State) && Metric(e) is { } metric ? $"{Name(e)} is {metric}" : Name(e);

    /// <summary>What there is to know, what helps most first.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(string reactor, Event e)
    {
        if (!string.IsNullOrEmpty(e.Description))
            yield return ("description", PlainText.Cut(PlainText.Lines(e.Description.Trim()), LongestDescription));
        (string, string?)[] fields =
        [
            ("state", e.State), ("metric", Metric(e)), ("service", e.Service), ("host", e.Host), ("time", Time(e)),
            ("ttl", Ttl(e) is { } seconds ? $"{seconds} s" : null), ("tags", string.Join(", ", e.Tags)),
        ];
        foreach ((string name, string? value) in fields)
            if (!string.IsNullOrEmpty(value)) yield return (name, Short(value));
        foreach ((string key, MetaValue value) in e.Meta.OrderBy(m => m.Key, StringComparer.Ordinal).Take(MostMeta))
            yield return (Short($"meta.{key}"), Short(value.ToString()));
        if (e.Meta.Count > MostMeta) yield return ("meta", $"and {Number(e.Meta.Count - MostMeta)} more");
        yield return ("reactor", Short(reactor));
    }

    /// <summary>The shortest text that reads as the same number.</summary>
    public static string? Metric(Event e) => e.Metric?.ToString(CultureInfo.InvariantCulture);

    /// <summary>UTC, ISO 8601, with as many decimals as there are.</summary>
    public static string? Time(Event e) => e.Time is { } time ? UtcText.Exact(time) : null;

    /// <summary>Seconds.</summary>
    public static string? Ttl(Event e) => e.Ttl?.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Short(string text) => PlainText.Cut(PlainText.Line(text), LongestValue);
}
