namespace Godot;

/// <summary>How telephone numbers are written. The analyzers compile this file too, for netstandard2.0.</summary>
static class PhoneNumbers
{
    public static IEnumerable<string> In(string text) => text.Split(',').Select(number => number.Trim());

    /// <summary>Why this is not a number, or several with commas between them; null if it is.</summary>
    public static string? Refusal(string text) => In(text).FirstOrDefault(number => !IsE164(number)) is { } wrong
        ? $"\"{wrong}\" is not a number; write it with its country's code and nothing but digits, such as +15550100."
        : null;

    static bool IsE164(string number) =>
        number.Length is >= 5 and <= 16 && number[0] == '+' && number[1] != '0' && number.Skip(1).All(c => c is >= '0' and <= '9');
}
