using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Godot;

/// <summary>
/// What a field is compared with: a text with <c>*</c> and <c>?</c>, a regular expression, a number, or a function of yours
/// (<see cref="When(Func{string, bool}, string)"/>). A field that the event does not have matches nothing.
/// </summary>
/// <remarks>
/// In a text, <c>*</c> is any run of characters, empty and <c>/</c> included, <c>?</c> is one character and <c>\</c> makes the next one
/// ordinary; the whole field must match, letter by letter. A text looks at a number as it is written at its shortest: <c>1.5</c>.
/// </remarks>
public abstract class Match
{
    readonly string text;

    Match(string text) => this.text = text;

    /// <summary>A text that matches whole fields, with <c>*</c>, <c>?</c> and <c>\</c>.</summary>
    public static implicit operator Match(string glob)
    {
        ArgumentNullException.ThrowIfNull(glob);
        return new OfGlob(glob);
    }

    /// <summary>
    /// A regular expression. It matches anywhere in the field unless it says <c>^</c> and <c>$</c>; its options are kept.
    /// </summary>
    /// <remarks>
    /// One match may take 10 ms, or the expression's own timeout if that is shorter; beyond, the event is lost in that reactor, counted,
    /// and logged. What can be is built anew with
    /// <see cref="RegexOptions.NonBacktracking"/>; looking around, back-references, atomic groups, <see cref="RegexOptions.RightToLeft"/>
    /// and very many repetitions cannot.
    /// </remarks>
    public static implicit operator Match(Regex regex)
    {
        ArgumentNullException.ThrowIfNull(regex);
        return new OfRegex(regex);
    }

    /// <summary>Exactly this number. Only numbers match, not texts that look like one.</summary>
    /// <exception cref="ArgumentException">It is NaN or infinite, and no field ever is.</exception>
    public static implicit operator Match(double number)
    {
        RecipeRules.Finite(number, "A number to match", nameof(number));
        return new OfNumber(number);
    }

    /// <summary>A function of the field's text; a number is handed over as it is written at its shortest. Not called if the event does not have the field.</summary>
    /// <param name="test">True if the text matches. Called from several threads at once.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public static Match When(Func<string, bool> test, [CallerArgumentExpression(nameof(test))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(test);
        return new WhenText(test, text);
    }

    /// <summary>A function of the field's number. Not called if the event does not have the field, or has a text there.</summary>
    /// <param name="test">True if the number matches. Called from several threads at once.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public static Match When(Func<double, bool> test, [CallerArgumentExpression(nameof(test))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(test);
        return new WhenNumber(test, text);
    }

    /// <summary>The match as it is written in a recipe.</summary>
    public sealed override string ToString() => text;

    internal abstract bool Matches(FieldValue value);

    /// <summary>The only text that matches; null if there are several, or none.</summary>
    internal virtual string? Literal => null;

    /// <summary>The only number that matches; null if there are several, or none.</summary>
    internal virtual double? Number => null;

    /// <summary>Refuses a number where the field is always a text, and a state that is too long: nothing would ever match.</summary>
    internal void CheckAgainst(Field field)
    {
        if (field.Part == Parts.None) throw new ArgumentException("Name the field to look at, such as \"service\".", nameof(field));
        const Parts texts = Parts.Host | Parts.Service | Parts.State | Parts.Description | Parts.Tags;
        if (this is OfNumber or WhenNumber && (field.Part & texts) != 0)
            throw new ArgumentException($"{field} is a text and never equals a number; compare it with a text, such as \"5\", or look at \"metric\".", nameof(field));
        if (field.Part == Parts.State) EventRules.CheckState(Literal);
    }

    sealed class OfGlob(string pattern) : Match(Recipe.Quote(pattern))
    {
        readonly Glob glob = new(pattern);

        internal override string? Literal => glob.Literal;

        internal override bool Matches(FieldValue value)
        {
            if (value.Text is { } text) return glob.Matches(text);
            if (value.Number is not { } number) return false;
            Span<char> digits = stackalloc char[32];
            number.TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture);
            return glob.Matches(digits[..length]);
        }
    }

    sealed class OfRegex(Regex given) : Match(Written(given))
    {
        readonly BoundedRegex regex = new(given);

        internal override bool Matches(FieldValue value) => Match.Written(value) is { } text && regex.IsMatch(text);

        static string Written(Regex given) =>
            $"new Regex({Recipe.Quote(given.ToString())}{(given.Options == RegexOptions.None ? "" : $", {given.Options}")})";
    }

    sealed class OfNumber(double number) : Match(RecipeText.Of(number))
    {
        internal override double? Number => number;

        // By ==, not Equals: zero is minus zero.
        internal override bool Matches(FieldValue value) => value.Number == number;
    }

    sealed class WhenText(Func<string, bool> test, string text) : Match($"Match.When({text})")
    {
        internal override bool Matches(FieldValue value) => Written(value) is { } text && test(text);
    }

    sealed class WhenNumber(Func<double, bool> test, string text) : Match($"Match.When({text})")
    {
        internal override bool Matches(FieldValue value) => value.Number is { } number && test(number);
    }

    static string? Written(FieldValue value) => value.Text ?? (value.Number is { } number ? RecipeText.Of(number) : null);
}
