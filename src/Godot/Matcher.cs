using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

/// <summary>
/// What a field is compared with: a text with <c>*</c> and <c>?</c>, a regular expression, a number, true or false, or a function of yours
/// (<see cref="When(Func{string, bool}, string)"/>). A field that the event does not have, or that is null, matches nothing:
/// <c>WhereNot(field, "*")</c> passes the events without it.
/// </summary>
/// <remarks>
/// In a text, <c>*</c> is any run of characters, empty and <c>/</c> included, <c>?</c> is one character and <c>\</c> makes the next one
/// ordinary; the whole field must match, letter by letter. A text looks at a number as it is written at its shortest: <c>1.5</c>.
/// A number of meta, or of a member that we don't know, is compared by all its digits, however it is written: 5 matches 5.0, and an id of
/// 19 digits no other. <c>metric</c>, <c>time</c> and <c>ttl</c> are doubles, and the number is rounded to one as they were.
/// </remarks>
public abstract class Matcher
{
    readonly string text;

    Matcher(string text) => this.text = text;

    /// <summary>A text that matches whole fields, with <c>*</c>, <c>?</c> and <c>\</c>.</summary>
    public static implicit operator Matcher(string glob)
    {
        if (glob is null) throw new ArgumentNullException(nameof(glob), NoNull);
        return new OfGlob(glob);
    }

    /// <summary>
    /// A regular expression. It matches anywhere in the field unless it says <c>^</c> and <c>$</c>; its options are kept.
    /// </summary>
    /// <remarks>
    /// One match may take 10 ms, or the expression's own timeout if that is shorter; beyond, the event is lost in that reactor, counted,
    /// and logged. What can be is built anew with
    /// <see cref="RegexOptions.NonBacktracking"/>; looking around, back-references, atomic groups, <see cref="RegexOptions.RightToLeft"/>,
    /// <see cref="RegexOptions.ECMAScript"/>, <see cref="RegexOptions.IgnorePatternWhitespace"/> and very many repetitions cannot.
    /// </remarks>
    public static implicit operator Matcher(Regex regex)
    {
        ArgumentNullException.ThrowIfNull(regex);
        return new OfRegex(regex);
    }

    /// <summary>
    /// Exactly this number: of meta, the one that the double's shortest text says, so that 0.1 is a tenth. Only numbers match, not texts
    /// that look like one. An id of more than 15 digits needs a whole number's type, such as <c>8121069193333309404</c> without a point.
    /// </summary>
    /// <exception cref="ArgumentException">It is NaN or infinite, and no field ever is.</exception>
    public static implicit operator Matcher(double number)
    {
        RecipeRules.Finite(number, "A number to match", nameof(number));
        return Exactly(RecipeText.Of(number));
    }

    /// <summary>Exactly this number.</summary>
    public static implicit operator Matcher(int number) => (long)number;

    /// <summary>Exactly this number.</summary>
    public static implicit operator Matcher(uint number) => (long)number;

    /// <summary>Exactly this number.</summary>
    public static implicit operator Matcher(ushort number) => (long)number;

    /// <summary>Exactly this number, to its last digit.</summary>
    public static implicit operator Matcher(long number) => Exactly(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Exactly this number, to its last digit.</summary>
    public static implicit operator Matcher(ulong number) => Exactly(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Exactly this number, to its last digit; 1.50 is 1.5.</summary>
    public static implicit operator Matcher(decimal number) => Exactly(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>True or false, as JSON has it; not the text "true". Matches values of meta, and members that we don't know.</summary>
    public static implicit operator Matcher(bool truth) => new OfTruth(truth);

    /// <summary>
    /// A function of the field's text; a number is handed over as it is written at its shortest. Not called if the event does not have the
    /// field.
    /// </summary>
    /// <param name="test">True if the text matches. Called from several threads at once.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public static Matcher When(Func<string, bool> test, [CallerArgumentExpression(nameof(test))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(test);
        return new WhenText(test, text);
    }

    /// <summary>A function of the field's number. Not called if the event does not have the field, or has a text there.</summary>
    /// <param name="test">True if the number matches. Called from several threads at once.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public static Matcher When(Func<double, bool> test, [CallerArgumentExpression(nameof(test))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(test);
        return new WhenNumber(test, text);
    }

    /// <summary>The match as it is written in a recipe.</summary>
    public sealed override string ToString() => text;

    internal const string NoNull = "Null matches nothing. For the events without a field, write WhereNot(field, \"*\").";

    internal abstract bool Matches(FieldValue value);

    /// <summary>The only text that matches; null if there are several, or none.</summary>
    internal virtual string? Literal => null;

    /// <summary>The only number that matches; null if there are several, or none.</summary>
    internal virtual double? Number => null;

    /// <summary>
    /// What to compare this field with. Refuses a number where the field is always a text, true where it never is, and a state that is too
    /// long: nothing would ever match.
    /// </summary>
    internal virtual Matcher For(Field field)
    {
        if (field.Part == FieldSet.None) throw new ArgumentException("Name the field to look at, such as \"service\".", nameof(field));
        if (field.Part is not (FieldSet.Meta or FieldSet.Other))
        {
            if (this is OfTruth) throw new ArgumentException(FieldNames.TruthRefusal(field.Name), nameof(field));
            if (this is OfNumber or WhenNumber) RecipeRules.Refuse(FieldNames.NumberRefusal(field.Name), nameof(field));
        }
        if (field.Part == FieldSet.State) EventRules.CheckState(Literal);
        return this;
    }

    static OfNumber Exactly(string digits) => new(FieldValue.OfNumber(digits), digits);

    sealed class OfGlob(string pattern) : Matcher(RecipeText.Quote(pattern))
    {
        readonly Glob glob = new(pattern);

        internal override string? Literal => glob.Literal;

        internal override bool Matches(FieldValue value)
        {
            if (value.Text is { } text) return glob.Matches(text);
            if (value.Kind != MetaKind.Number) return false;
            Span<char> digits = stackalloc char[32];
            value.Number.TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture);
            return glob.Matches(digits[..length]);
        }
    }

    sealed class OfRegex(Regex given) : Matcher(Written(given))
    {
        readonly BoundedRegex regex = new(given);

        internal override bool Matches(FieldValue value) => Matcher.Written(value) is { } text && regex.IsMatch(text);

        static string Written(Regex given) =>
            $"new Regex({RecipeText.Quote(given.ToString())}{(given.Options == RegexOptions.None ? "" : $", {given.Options}")})";
    }

    sealed class OfNumber(FieldValue number, string text) : Matcher(text)
    {
        internal override double? Number => number.Number;

        // By ==, not Equals: zero is minus zero.
        internal override bool Matches(FieldValue value) =>
            value.Number == number.Number && value.Kind == MetaKind.Number && (value.Text == number.Text || value.IsOld);

        internal override Matcher For(Field field)
        {
            base.For(field);
            return FieldValue.IsRounded(field.Part) ? new OfNumber(number.Rounded, text) : this;
        }
    }

    sealed class OfTruth(bool truth) : Matcher(truth ? "true" : "false")
    {
        readonly FieldValue truth = FieldValue.Of(truth);

        internal override bool Matches(FieldValue value) => value == truth;
    }

    sealed class WhenText(Func<string, bool> test, string text) : Matcher($"Matcher.When({text})")
    {
        internal override bool Matches(FieldValue value) => Written(value) is { } text && test(text);
    }

    sealed class WhenNumber(Func<double, bool> test, string text) : Matcher($"Matcher.When({text})")
    {
        internal override bool Matches(FieldValue value) =>
            value.Kind == MetaKind.Number && double.IsFinite(value.Number) && test(value.Number);
    }

    static string? Written(FieldValue value) => value.Text ?? (value.Kind == MetaKind.Number ? RecipeText.Of(value.Number) : null);
}
