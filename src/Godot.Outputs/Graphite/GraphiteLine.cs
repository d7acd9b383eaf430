using System.Globalization;
using System.Text;

namespace Godot;

/// <summary>An event as a line of Graphite's plaintext protocol.</summary>
static class GraphiteLine
{
    /// <summary>Null if the event has no metric.</summary>
    public static string? Of(Event e, string prefix)
    {
        if (e.Metric is not { } metric) return null;
        string path = string.Join('.', new[] { Words(prefix, '.'), Words(e.Host ?? "", null), Words(e.Service ?? "", '/') }.Where(part => part.Length > 0));
        return string.Create(CultureInfo.InvariantCulture, $"{(path.Length > 0 ? path : "_")} {metric:R} {e.View.Time.ToUnixTimeSeconds()}\n");
    }

    // Parts that are empty would make two dots, which carbon takes for a part without a name.
    static string Words(string text, char? divider) =>
        divider is { } at ? string.Join('.', text.Split(at, StringSplitOptions.RemoveEmptyEntries).Select(Word)) : Word(text);

    static string Word(string text)
    {
        StringBuilder word = new(text.Length);
        foreach (char c in text) word.Append(char.IsAsciiLetterOrDigit(c) || c is '-' ? c : '_');
        return word.ToString();
    }
}
