using System.Buffers;
using System.Globalization;

namespace Godot.Common;

/// <summary>
/// How large the automaton of a regular expression may become. That of an expression with many different characters takes seconds to build,
/// and that of repetitions inside of repetitions is
/// built while it matches, in steps that no match limit interrupts.
/// </summary>
static class RegexWeight
{
    // Measured: below both, it is built in less than 0.1 s, and a match ends within a few milliseconds of its limit.
    const int MostWeight = 1000, MostVariety = 100;

    // What a repeated group weighs at least, in times of what is in it.
    const int Repeated = 4;

    static readonly SearchValues<char> Options = SearchValues.Create("imnsx-IMNSX"), Times = SearchValues.Create("0123456789,");

    /// <summary>
    /// True if it is too large to be built without backtracking. It may be so for one that would do: it is not parsed but estimated.
    /// </summary>
    public static bool IsTooMuch(string pattern) => Of(pattern) is not { Weight: <= MostWeight, Variety: <= MostVariety };

    /// <summary>
    /// How large its automaton may become, and how many characters or classes of them it tells apart, which is what building it costs,
    /// about as the third power. Null: more than any may have.
    /// </summary>
    public static (int Weight, int Variety)? Of(string pattern)
    {
        HashSet<char> characters = [];
        int variety = 0;
        Stack<long> outer = new();
        // What the group weighs so far without its last atom, and that.
        long before = 0, last = 0;
        bool group = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            characters.Add(c);
            switch (c)
            {
                case '(':
                    outer.Push(before + last);
                    (before, last) = (0, 0);
                    if (pattern.AsSpan(i + 1) is ['?', .. var options])
                    {
                        if (IgnoresSpace(options)) return null;
                        i++;
                    }
                    break;
                case ')':
                    (last, before, group) = (Math.Max(before + last, 1), outer.TryPop(out long around) ? around : 0, true);
                    break;
                case '*' or '+' or '?':
                    Repeat(0);
                    break;
                case '{' when Most(pattern.AsSpan(i + 1), out int length) is { } times:
                    i += length;
                    Repeat(times);
                    break;
                case '[':
                    i = EndOfClass(pattern, i, characters, ref variety);
                    variety++;
                    Atom();
                    break;
                case '\\' when i + 1 < pattern.Length:
                    if (IsVaried(pattern[++i])) variety++;
                    Atom();
                    break;
                default:
                    Atom();
                    break;
            }
            if (before + last > MostWeight) return null;
            // As little as possible instead of as much: that is not a further repetition.
            if (c is '*' or '+' or '?' or '{' && i + 1 < pattern.Length && pattern[i + 1] == '?') i++;
        }
        while (outer.TryPop(out long around)) before += around;
        return before + last > MostWeight ? null : ((int)(before + last), variety + characters.Count);

        void Atom() => (before, last, group) = (before + last, 1, false);

        void Repeat(int times) => last *= Math.Max(times, group ? Repeated : 1);
    }

    // Escapes that may stand for another character each time.
    static bool IsVaried(char letter) => letter is 'u' or 'x' or 'p' or 'P' or 'c' or (>= '0' and <= '9');

    // With spaces and comments inside, it is not read as it is here.
    static bool IgnoresSpace(ReadOnlySpan<char> options)
    {
        int end = options.IndexOfAnyExcept(Options);
        return end > 0 && options[end] is ')' or ':' && options[..end].ContainsAny('x', 'X') || options is ['#', ..];
    }

    // How often at most, of the text behind a brace, and how long that is with the brace that closes it; null if it is not a repetition.
    static int? Most(ReadOnlySpan<char> behind, out int length)
    {
        int end = behind.IndexOf('}');
        length = end + 1;
        if (end <= 0 || behind[..end].IndexOfAnyExcept(Times) >= 0) return null;
        ReadOnlySpan<char> times = behind[..end];
        int comma = times.IndexOf(',');
        ReadOnlySpan<char> most = comma < 0 ? times : comma == times.Length - 1 ? times[..comma] : times[(comma + 1)..];
        return int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    // Where a class such as [a-z-[aeiou]] ends.
    static int EndOfClass(string pattern, int begin, HashSet<char> characters, ref int variety)
    {
        int depth = 0;
        bool first = false;
        for (int i = begin; i < pattern.Length; i++)
        {
            char c = pattern[i];
            characters.Add(c);
            if (c == '\\')
            {
                if (++i < pattern.Length && IsVaried(pattern[i])) variety++;
                first = false;
            }
            else if (c == '[' && (i == begin || (pattern[i - 1] == '-' && !first)))
            {
                depth++;
                first = true;
                if (i + 1 < pattern.Length && pattern[i + 1] == '^') i++;
            }
            else if (c == ']' && !first && --depth == 0) return i;
            else first = false;
        }
        return pattern.Length;
    }
}
