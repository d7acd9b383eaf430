using System.Globalization;
using Godot.Common;

namespace Godot;

/// <summary>Events as lines for people.</summary>
static class ConsoleText
{
    /// <summary>A line for each notice, or each event, with the parameter of its colour sequence, if it has one.</summary>
    /// <param name="own">What says it instead, of a notice by its latest event; null: we do.</param>
    public static IEnumerable<(string Text, string? Colour)> Lines(Notification notification, Func<EventView, string>? own) =>
        notification.Notices.Count > 0
            ? notification.Notices.Select(notice =>
                (own is null ? Line(notice) : own(notice.Incident.Latest) ?? "", (string?)Colour(notice)))
            : notification.Events.Select(e => (own is null ? Line(e) : own(e) ?? "", Colour(e.State)));

    public static string Line(EventView e)
    {
        string line =
            string.Create(CultureInfo.InvariantCulture,
                $"{e.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z {e.State ?? "-",-8} {e.Service ?? "-"} {e.Host ?? "-"}");
        if (e.Metric is { } metric) line += " " + RecipeText.Of(metric);
        if (e.Description is { Length: > 0 } description) line += " " + description;
        foreach (string tag in e.Tags) line += " #" + tag;
        return line;
    }

    /// <summary>The line of a notice: when it is told, and what it says.</summary>
    public static string Line(Notice notice) =>
        string.Create(CultureInfo.InvariantCulture, $"{notice.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z {notice.Line}");

    /// <summary>An end is green; what goes on has the colour of its severity, red if that is a word of the rule's own.</summary>
    public static string Colour(Notice notice) =>
        Colour(notice.Transition == Transition.Resolved ? "ok" : notice.Incident.Severity) ?? "31";

    /// <summary>The parameter of the terminal's colour sequence; null for states that have none.</summary>
    public static string? Colour(string? state) => state switch
    {
        "ok" => "32",
        "warning" => "33",
        "critical" => "31",
        "expired" => "35",
        _ => null,
    };
}
