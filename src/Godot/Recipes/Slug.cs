using System.Globalization;
using System.Text;

namespace Godot.Recipes;

/// <summary>
/// A text as a name that is easy to read in a log line, a metric's label or a path: words in lower case, with dashes between them.
/// </summary>
static class Slug
{
    // In letters.
    const int Longest = 40;

    /// <summary>Empty if there is no letter and no digit in it.</summary>
    public static string Of(string text)
    {
        StringBuilder words = new();
        foreach (Rune letter in text.EnumerateRunes())
        {
            if (Belongs(letter)) words.Append(Rune.ToLowerInvariant(letter));
            else if (words.Length > 0 && words[^1] != '-') words.Append('-');
            if (words.Length > Longest) break;
        }
        return words.ToString().Trim('-');
    }

    // Marks are parts of letters in many scripts.
    static bool Belongs(Rune letter) => Rune.IsLetterOrDigit(letter)
        || Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
