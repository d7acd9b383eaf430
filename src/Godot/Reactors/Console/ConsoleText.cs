using System.Buffers;
using System.Globalization;

namespace Godot;

/// <summary>Events as lines for people.</summary>
static class ConsoleText
{
    // Besides the controls of ASCII and Latin-1: what breaks lines, and what turns the direction of writing, so that a name reads as another.
    static readonly SearchValues<char> Unprintable = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c), .. "\u061C\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"]);

    public static string Line(EventView e)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{e.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z {e.State ?? "-",-8} {e.Service ?? "-"} {e.Host ?? "-"}");
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

    /// <summary>The text with a symbol for every character that a terminal would act upon.</summary>
    public static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAny(Unprintable)) return text;
        return string.Create(text.Length, text, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++) to[i] = Unprintable.Contains(from[i]) ? Symbol(from[i]) : from[i];
        });
    }

    // Unicode has pictures of the controls of ASCII, in their order.
    static char Symbol(char control) => control switch
    {
        < ' ' => (char)('\u2400' + control),
        '\u007F' => '\u2421',
        _ => '\uFFFD',
    };
}
