using System.Buffers;

namespace Godot;

/// <summary>Makes strangers' text harmless where it is shown: on terminals, in logs, in headers, in mails.</summary>
static class PlainText
{
    // The controls of ASCII and Latin-1, what breaks lines, and what turns the direction of writing, so that a name reads as another.
    static readonly SearchValues<char> Harmful = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c), .. "\u061C\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"]);

    /// <summary>One line, for a terminal or a log: a symbol for every character that would be acted upon.</summary>
    public static string Printable(string text) => Replace(text, Symbol);

    /// <summary>One line, for people who know nothing of control characters: a space for each of them.</summary>
    public static string Line(string text) => Replace(text, static _ => ' ');

    /// <summary>The same, but line ends stay, each as <c>\n</c>.</summary>
    public static string Lines(string text) => Replace(text.ReplaceLineEndings("\n"), static c => c == '\n' ? c : ' ');

    /// <summary>At most so many characters; what was cut ends in three dots.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        int end = length - 3;
        // Not within a surrogate pair.
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end), "...");
    }

    static string Replace(string text, Func<char, char> replacement)
    {
        if (!text.AsSpan().ContainsAny(Harmful)) return text;
        return string.Create(text.Length, (text, replacement), static (to, given) =>
        {
            for (int i = 0; i < to.Length; i++) to[i] = Harmful.Contains(given.text[i]) ? given.replacement(given.text[i]) : given.text[i];
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
