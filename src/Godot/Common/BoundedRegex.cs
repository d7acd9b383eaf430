// Here, and nowhere else.
#pragma warning disable RS0030
using System.Text.RegularExpressions;

namespace Godot.Common;

/// <summary>
/// A regular expression that no text can make run for long: where it can be, it is built anew so that it does not backtrack, and it always
/// gives up after <see cref="Limit"/>. Whatever is
/// matched with what strangers send goes through here, a generated expression too.
/// </summary>
sealed class BoundedRegex
{
    /// <summary>
    /// How long one match may take. The framework looks at a clock of about 4 ms, and not at every character: it may be a few milliseconds
    /// more.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(10);

    readonly Regex regex;

    // Half of what one match may take: it is tried twice, since a thread that was put aside for some milliseconds seems slow too.
    readonly TimeSpan attempt;

    /// <param name="given">Its pattern and its options are kept, and its timeout if that is shorter.</param>
    public BoundedRegex(Regex given)
    {
        attempt = (given.MatchTimeout > TimeSpan.Zero && given.MatchTimeout < Limit ? given.MatchTimeout : Limit) / 2;
        regex = Linear(given.ToString(), given.Options, attempt) ?? new Regex(given.ToString(), given.Options, attempt);
    }

    BoundedRegex(Regex regex, TimeSpan attempt) => (this.regex, this.attempt) = (regex, attempt);

    /// <summary>
    /// An expression whose author is a stranger too; null if it cannot be built without backtracking, or would be large.
    /// </summary>
    /// <param name="budget">What is left for it.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static BoundedRegex? OfStranger(string pattern, RegexBudget budget)
    {
        // Its mistakes are told as such, however large it is; what a parser says costs little.
        _ = new Regex(pattern, RegexOptions.CultureInvariant, Limit);
        if (!budget.TryTake(pattern)) return null;
        return Linear(pattern, RegexOptions.CultureInvariant, Limit / 2) is { } linear ? new BoundedRegex(linear, Limit / 2) : null;
    }

    /// <summary>False: it backtracks, and has but the limit.</summary>
    public bool IsLinear => (regex.Options & RegexOptions.NonBacktracking) != 0;

    /// <exception cref="RegexMatchTimeoutException">The match took too long; the message says what to change.</exception>
    public bool IsMatch(string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return Again(text);
        }
    }

    bool Again(string text)
    {
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException late)
        {
            string advice = IsLinear
                ? "let it repeat less, or compare a shorter text"
                : "write it without looking around, back-references and atomic groups, and with fewer repetitions inside of others, "
                    + "so that it need not backtrack";
            string pattern = PlainText.Cut(PlainText.Printable(regex.ToString()), 200);
            string limit = $"{(attempt * 2).TotalMilliseconds} ms for a text of {text.Length} characters";
            throw new RegexMatchTimeoutException($"The regular expression \"{pattern}\" took longer than {limit}; {advice}.", late);
        }
    }

    // Null: it cannot be built so, or not soon.
    static Regex? Linear(string pattern, RegexOptions options, TimeSpan attempt)
    {
        // What ignores spaces has comments too, and a bracket in one would hide what follows from the estimate.
        const RegexOptions never = RegexOptions.RightToLeft | RegexOptions.ECMAScript | RegexOptions.IgnorePatternWhitespace;
        if ((options & never) != 0 || RegexWeight.IsTooMuch(pattern)) return null;
        try
        {
            return new Regex(pattern, options & ~RegexOptions.Compiled | RegexOptions.NonBacktracking, attempt);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }
}
