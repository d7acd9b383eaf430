using System.Globalization;
using System.Text;

namespace Godot;

/// <summary>Text of strangers, made harmless for a terminal.</summary>
static class Printable
{
    /// <summary>The text with control characters, also those that only change a line's direction, as <c>\u001b</c>.</summary>
    public static string Text(string text)
    {
        if (!text.Any(Harmful)) return text;
        StringBuilder safe = new(text.Length + 16);
        foreach (char c in text)
        {
            if (Harmful(c)) safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else safe.Append(c);
        }
        return safe.ToString();
    }

    static bool Harmful(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
