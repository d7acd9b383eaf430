using System.Text;

namespace Godot.Common;

/// <summary>
/// A pattern for whole texts: <c>*</c> is any run of characters, empty too, <c>?</c> is one character, <c>\</c> makes the next one
/// ordinary. Compared ordinally.
/// </summary>
sealed class Glob
{
    enum Shape { Literal, Prefix, Suffix, General }

    readonly Shape shape;

    // The pattern without its star, or, where it is general, its parts between the stars.
    readonly string literal = "";
    readonly Part[] parts = [];

    public Glob(string pattern)
    {
        List<Part> found = Split(pattern);
        (shape, literal) = found switch
        {
            [{ AnyOne: null } only] => (Shape.Literal, only.Text),
            [{ AnyOne: null } start, { Text: "" }] => (Shape.Prefix, start.Text),
            [{ Text: "" }, { AnyOne: null } end] => (Shape.Suffix, end.Text),
            _ => (Shape.General, ""),
        };
        parts = [.. found];
    }

    /// <summary>The only text that matches; null if there are several.</summary>
    public string? Literal => shape == Shape.Literal ? literal : null;

    public bool Matches(ReadOnlySpan<char> text) => shape switch
    {
        Shape.Literal => text.SequenceEqual(literal),
        Shape.Prefix => text.StartsWith(literal, StringComparison.Ordinal),
        Shape.Suffix => text.EndsWith(literal, StringComparison.Ordinal),
        _ => MatchesParts(text),
    };

    // Each part in the first place where it fits is enough: a later place would leave less text to the parts after it. So nothing is tried
    // twice.
    bool MatchesParts(ReadOnlySpan<char> text)
    {
        if (parts[0].LengthAtStart(text) is not (>= 0 and int start)) return false;
        if (parts.Length == 1) return start == text.Length;
        text = text[start..];
        foreach (Part part in parts.AsSpan(1..^1))
        {
            int end = part.EndOfFirst(text);
            if (end < 0) return false;
            text = text[end..];
        }
        return parts[^1].FitsAtEnd(text);
    }

    static List<Part> Split(string pattern)
    {
        List<Part> parts = [];
        StringBuilder text = new();
        List<int> anyOne = [];
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '*')
            {
                // A second star in a row says nothing new.
                if (parts.Count == 0 || text.Length > 0) parts.Add(Take());
                continue;
            }
            if (c == '?') anyOne.Add(text.Length);
            // A backslash at the end has nothing to escape: it is itself.
            else if (c == '\\' && i + 1 < pattern.Length) c = pattern[++i];
            text.Append(c);
        }
        parts.Add(Take());
        return parts;

        Part Take()
        {
            Part part = new(text.ToString(), anyOne.Count > 0 ? [.. anyOne] : null);
            text.Clear();
            anyOne.Clear();
            return part;
        }
    }

    /// <summary>What stands between two stars.</summary>
    /// <param name="Text">The characters, a question mark where any one stands.</param>
    /// <param name="AnyOne">Where in the text those question marks are; null if there are none.</param>
    readonly record struct Part(string Text, int[]? AnyOne)
    {
        /// <summary>How much of the text's start the part takes; negative if it does not fit there.</summary>
        public int LengthAtStart(ReadOnlySpan<char> text)
        {
            if (AnyOne is null) return text.StartsWith(Text, StringComparison.Ordinal) ? Text.Length : -1;
            int at = 0, literal = 0;
            foreach (int question in AnyOne)
            {
                ReadOnlySpan<char> before = Text.AsSpan(literal, question - literal);
                if (!text[at..].StartsWith(before, StringComparison.Ordinal)) return -1;
                at += before.Length;
                if (at == text.Length) return -1;
                at += OneCharacter(text[at..]);
                literal = question + 1;
            }
            ReadOnlySpan<char> rest = Text.AsSpan(literal);
            return text[at..].StartsWith(rest, StringComparison.Ordinal) ? at + rest.Length : -1;
        }

        /// <summary>Where the first place in which the part fits ends; negative if there is none.</summary>
        public int EndOfFirst(ReadOnlySpan<char> text)
        {
            if (AnyOne is null)
            {
                int found = text.IndexOf(Text, StringComparison.Ordinal);
                return found < 0 ? found : found + Text.Length;
            }
            for (int at = 0; ; at += OneCharacter(text[at..]))
            {
                int length = LengthAtStart(text[at..]);
                if (length >= 0) return at + length;
                if (at == text.Length) return -1;
            }
        }

        public bool FitsAtEnd(ReadOnlySpan<char> text)
        {
            if (AnyOne is null) return text.EndsWith(Text, StringComparison.Ordinal);
            for (int at = 0; ; at += OneCharacter(text[at..]))
            {
                if (LengthAtStart(text[at..]) == text.Length - at) return true;
                if (at == text.Length) return false;
            }
        }

        // A surrogate pair is one character.
        static int OneCharacter(ReadOnlySpan<char> text) => text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
    }
}
