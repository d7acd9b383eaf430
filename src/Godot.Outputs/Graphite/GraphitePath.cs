using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>
/// A series as a path of Graphite. Different series have different paths: a word in which something was lost on the way ends in <c>~</c>,
/// which no other word holds, and a hash of
/// what it was.
/// </summary>
static class GraphitePath
{
    // A part of a path is a file's name, of 255 bytes at most, and the whole one of some thousand.
    const int LongestWord = 100, MostWords = 20;

    // No host. Where it would be a host's or a service's own name, that is marked.
    const string None = "_";

    public static string Of(string prefix, string? host, string? service)
    {
        // Parts that are empty would make two dots, which carbon takes for a part without a name.
        List<string> words = [.. prefix.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(word => Replaced(word))];
        words.Add(host is null ? None : Word(host, underscoreStands: '.'));
        if (service is not null) words.AddRange(Words(service));
        return string.Join('.', words);
    }

    static IEnumerable<string> Words(string service)
    {
        string[] parts = service.Split('/');
        if (parts.Length <= MostWords && Array.TrueForAll(parts, part => part.Length > 0))
            return parts.Select(part => Word(part, underscoreStands: '_'));
        parts = [.. parts.Where(part => part.Length > 0).Take(MostWords).Select(part => Cut(Replaced(part)))];
        return parts.Length == 0 ? [Marked("", service)] : [.. parts[..^1], Marked(parts[^1], service)];
    }

    /// <param name="underscoreStands">The one character that is an underscore and not marked: names of hosts are full of dots and have no
    /// underscores, those of services the other way round.</param>
    static string Word(string text, char underscoreStands)
    {
        string word = Replaced(text), cut = Cut(word);
        bool same = cut.Length == word.Length && text.Length > 0 && word != None && word.Replace('_', underscoreStands) == text;
        return same ? word : Marked(cut, text);
    }

    static string Marked(string word, string text)
    {
        byte[] hash = Sha256.Of(MemoryMarshal.AsBytes(text.AsSpan()));
        return $"{(word.Length == 0 ? None : word)}~{Convert.ToHexStringLower(hash.AsSpan(0, 6))}";
    }

    static string Replaced(string text)
    {
        StringBuilder word = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsPlain(rune)) word.Append(rune.ToString());
            else word.Append('_');
        }
        return word.ToString();
    }

    // Marks too: without its vowel signs a word of Hindi or Thai is another one.
    static bool IsPlain(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    static string Cut(string word)
    {
        int bytes = 0, end = 0;
        foreach (Rune rune in word.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > LongestWord) return word[..end];
            end += rune.Utf16SequenceLength;
        }
        return word;
    }
}
