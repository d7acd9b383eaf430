using System.Buffers;

namespace Godot.Common;

/// <summary>
/// Refuses arguments that cannot work, when a recipe is built or a program starts, with a sentence that says what to change.
/// </summary>
static class RecipeRules
{
    /// <summary>Far beyond any use, and so short that sums of times never overflow.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(36_525);

    static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Refuses an argument for this reason, if there is one. It is shown as one line, without what is invisible.</summary>
    public static void Refuse(string? why, string parameter)
    {
        if (why is not null) throw new ArgumentException(PlainText.Line(why), parameter);
    }

    /// <summary>Refuses the text of a verb that is not a name, with or without arguments in brackets.</summary>
    public static string? Verb(string? text, string parameter)
    {
        if (text is null) return null;
        int open = text.IndexOf('(', StringComparison.Ordinal);
        ReadOnlySpan<char> name = open < 0 ? text : text.AsSpan(0, open);
        bool isName = name.Length > 0 && char.IsAsciiLetter(name[0]) && !name.ContainsAnyExcept(LettersAndDigits);
        // What stands in the brackets is as it was written, over several lines perhaps.
        if (!isName || (open >= 0 && !text.EndsWith(')')))
            throw new ArgumentException($"\"{PlainText.Line(text)}\" is not a verb; write it as Stuck or Stuck(3).", parameter);
        return text;
    }

    public static void Finite(double number, string what, string parameter)
    {
        if (!double.IsFinite(number))
            throw new ArgumentException($"{what} must be a finite number, not {RecipeText.Of(number)}.", parameter);
    }

    public static void Share(double number, string what, string parameter)
    {
        if (!(number >= 0 && number <= 1)) throw new ArgumentOutOfRangeException(parameter, number, $"{what} must be from 0 to 1.");
    }

    public static void NotEmpty(string? text, string what, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        if (string.IsNullOrWhiteSpace(text)) throw new ArgumentException($"{what} must not be empty.", parameter);
    }

    public static void Between(long least, long most, long number, string what, string parameter)
    {
        if (number < least || number > most)
            throw new ArgumentOutOfRangeException(parameter, number, $"{what} must be from {least} to {most}.");
    }

    public static void Port(int port, string whose, string parameter) => Between(1, ushort.MaxValue, port, $"{whose} port", parameter);

    public static void Between(TimeSpan least, TimeSpan most, TimeSpan time, string what, string parameter)
    {
        if (time < least || time > most)
            throw new ArgumentOutOfRangeException(parameter, time, $"{what} must be from {RecipeText.Of(least)} to {RecipeText.Of(most)}.");
    }

    public static void AtLeast(long least, long number, string what, string parameter)
    {
        if (number < least) throw new ArgumentOutOfRangeException(parameter, number, $"{what} must be at least {least}.");
    }

    /// <summary>The least number of events that a figure may be made of; the text shows it where it is not as usual.</summary>
    public static string AtLeast(int usual, int atLeast, string verb)
    {
        AtLeast(1, atLeast, $"{verb}'s atLeast", nameof(atLeast));
        return atLeast == usual ? "" : $", atLeast: {atLeast}";
    }

    /// <summary>The same for a figure of so many events together: of more than there ever are nothing would pass.</summary>
    public static string AtLeast(int usual, int atLeast, int count, string verb)
    {
        string text = AtLeast(usual, atLeast, verb);
        return atLeast <= count
            ? text
            : throw new ArgumentOutOfRangeException(nameof(atLeast), atLeast,
                $"{verb}'s atLeast must not be above its count: nothing would pass.");
    }

    public static void Positive(TimeSpan time, string what, string parameter)
    {
        if (time <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(parameter, time, $"{what} must be longer than zero.");
        NotTooLong(time, what, parameter);
    }

    public static void NotNegative(TimeSpan time, string what, string parameter)
    {
        if (time < TimeSpan.Zero) throw new ArgumentOutOfRangeException(parameter, time, $"{what} must not be negative.");
        NotTooLong(time, what, parameter);
    }

    static void NotTooLong(TimeSpan time, string what, string parameter)
    {
        if (time > LongestTime) throw new ArgumentOutOfRangeException(parameter, time, $"{what} must be at most 100 years.");
    }
}
