namespace Godot.Common;

/// <summary>Which word was meant. The analyzers compile this file too, for netstandard2.0.</summary>
static class Spelling
{
    // Words are short; of long ones their beginnings do.
    const int Longest = 100;

    /// <summary>The word of these that is the nearest; null if there are none.</summary>
    public static string? Nearest(string word, IEnumerable<string> words) => words.OrderBy(other => Distance(word, other)).FirstOrDefault();

    /// <summary>Levenshtein's: how many letters must be added, taken away or changed.</summary>
    public static int Distance(string a, string b)
    {
        int width = Math.Min(b.Length, Longest);
        int[] above = [.. Enumerable.Range(0, width + 1)];
        for (int i = 1; i <= Math.Min(a.Length, Longest); i++)
        {
            int[] row = [i, .. new int[width]];
            for (int j = 1; j <= width; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            above = row;
        }
        return above[width];
    }
}
