using System.Buffers;
using System.Globalization;
using System.Text;

namespace Godot.Common;

/// <summary>
/// Makes strangers' text harmless where it is shown: on terminals, in logs, in headers, in mails. What would be acted upon, or not be seen,
/// does not pass: controls, what
/// breaks lines or turns the direction of writing, and what is invisible, since a name that holds it reads as another, and a sentence can
/// be hidden in it.
/// </summary>
/// <remarks>An emoji that is joined of several (ZWJ) is shown as its parts.</remarks>
static class PlainText
{
    const string Unknown = "\uFFFD";

    /// <summary>One line, for a terminal or a log: a symbol for every character that is not shown.</summary>
    public static string Printable(string text) => Replace(text, Symbol);

    /// <summary>
    /// One line, for people who know nothing of such characters: a space for a control or a line's end, nothing for what is invisible.
    /// </summary>
    public static string Line(string text) => Replace(text, Space);

    /// <summary>The same, but line ends stay, each as <c>\n</c>.</summary>
    public static string Lines(string text) =>
        Replace(text.ReplaceLineEndings("\n"), static rune => rune.Value == '\n' ? "\n" : Space(rune));

    /// <summary>Lines of JSON for a terminal: the same JSON, with an escape for every character that is not shown.</summary>
    public static string Json(string lines) => Replace(lines, static rune => rune.Value switch
    {
        '\n' => "\n",
        // Inside of a text JSON has none of these; between its members they are spaces.
        '\r' or '\t' => " ",
        _ => string.Concat(rune.ToString().Select(c => $"\\u{(int)c:x4}")),
    });

    /// <summary>At most so many characters; what was cut ends in three dots.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        int end = length - 3;
        // Not within a surrogate pair.
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end), "...");
    }

    static string Replace(string text, Func<Rune, string> replacement)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        StringBuilder shown = new(text.Length);
        bool canBeSelected = false;
        for (int at = 0; at < text.Length;)
        {
            bool whole = Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length) == OperationStatus.Done;
            bool plain = whole && (IsSelector(rune) ? canBeSelected : IsShown(rune));
            if (plain) shown.Append(text, at, length);
            // Half of a pair is not a character, and no encoding can write it.
            else shown.Append(whole ? replacement(rune) : Unknown);
            canBeSelected = plain && !IsSelector(rune);
            at += length;
        }
        return shown.ToString();
    }

    // Every second emoji has one of these, for whether it is coloured. One is harmless; a row of them is a message of zeros and ones.
    static bool IsSelector(Rune rune) => rune.Value is 0xFE0E or 0xFE0F;

    static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        // What else Unicode calls "default ignorable": fillers of Hangul, selectors of variants, the plane of tags.
        _ => rune.Value is not (0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF)),
    };

    // Unicode has pictures of the controls of ASCII, in their order.
    static string Symbol(Rune rune) => rune.Value switch
    {
        < ' ' => ((char)(0x2400 + rune.Value)).ToString(),
        0x7F => "\u2421",
        _ => Unknown,
    };

    static string Space(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
        _ => "",
    };
}
