using System.Globalization;
using System.Text;

namespace Godot;

/// <summary>Names for reactors that were given none: from the recipe's text, so that they stay the same from start to start.</summary>
static class ReactorName
{
    const int Longest = 60;

    public static string From(string text, Func<string, bool> isTaken)
    {
        string name = Shorten(text, Words(text));
        if (!isTaken(name)) return name;
        for (int i = 2; ; i++)
            if (string.Create(CultureInfo.InvariantCulture, $"{name}-{i}") is var numbered && !isTaken(numbered)) return numbered;
    }

    /// <summary><c>Where("service", "cpu").Over(50)</c> becomes <c>where-service-cpu-over-50</c>.</summary>
    static string Words(string text)
    {
        StringBuilder words = new();
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c)) words.Append(char.ToLowerInvariant(c));
            else if (words.Length > 0 && words[^1] != '-') words.Append('-');
        }
        return words.ToString().Trim('-') is { Length: > 0 } name ? name : "all";
    }

    // What was cut off still tells two recipes apart: FNV-1a, which unlike string.GetHashCode is the same in every process.
    static string Shorten(string text, string words)
    {
        if (words.Length <= Longest) return words;
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 16777619;
        return string.Create(CultureInfo.InvariantCulture, $"{words[..Longest].TrimEnd('-')}-{hash:x8}");
    }
}
