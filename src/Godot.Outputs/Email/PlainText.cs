using System.Globalization;

namespace Godot;

/// <summary>Makes strangers' text harmless where it is shown: in headers, on terminals, in mails.</summary>
static class PlainText
{
    /// <summary>One line: line ends, other control characters and what turns the direction of writing become spaces.</summary>
    public static string Line(string text) => Replace(text, keepLines: false);

    /// <summary>The same, but line ends stay, each as <c>\n</c>.</summary>
    public static string Lines(string text) => Replace(text.ReplaceLineEndings("\n"), keepLines: true);

    /// <summary>At most so many characters; what was cut ends in three dots.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        int end = length - 3;
        // Not within a surrogate pair.
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end), "...");
    }

    static string Replace(string text, bool keepLines) => string.Create(text.Length, (text, keepLines), static (to, given) =>
    {
        for (int i = 0; i < to.Length; i++)
        {
            char c = given.text[i];
            to[i] = (c == '\n' && given.keepLines) || !IsHarmful(c) ? c : ' ';
        }
    });

    // U+202A to U+202E and U+2066 to U+2069 can make a text show as another one.
    static bool IsHarmful(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ||
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
