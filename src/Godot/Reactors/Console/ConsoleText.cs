using System.Globalization;
using Godot.Common;

namespace Godot;

/// <summary>Events as lines for people.</summary>
static class ConsoleText
{
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
