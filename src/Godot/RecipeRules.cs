namespace Godot;

/// <summary>Refuses arguments that cannot work, when the recipe is built, with a sentence that says what to change.</summary>
static class RecipeRules
{
    /// <summary>Far beyond any use, and so short that sums of times never overflow.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(36_525);

    public static void Finite(double number, string what, string parameter)
    {
        if (!double.IsFinite(number)) throw new ArgumentException($"{what} must be a finite number, not {RecipeText.Of(number)}.", parameter);
    }

    public static void Share(double number, string what, string parameter)
    {
        if (!(number >= 0 && number <= 1)) throw new ArgumentOutOfRangeException(parameter, number, $"{what} must be from 0 to 1.");
    }

    public static void AtLeast(int least, int number, string what, string parameter)
    {
        if (number < least) throw new ArgumentOutOfRangeException(parameter, number, $"{what} must be at least {least}.");
    }

    /// <summary>The least number of events that a figure may be made of; the text shows it where it is not as usual.</summary>
    public static string AtLeast(int usual, int atLeast, string verb)
    {
        AtLeast(1, atLeast, $"{verb}'s atLeast", nameof(atLeast));
        return atLeast == usual ? "" : $", atLeast: {atLeast}";
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
