using System.Globalization;

namespace Godot.Common;

/// <summary>How a recipe's text shows the arguments of its verbs: the same on every machine, because reactors are named after it.</summary>
static class RecipeText
{
    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>
    /// In the largest unit of which there are at least two, if it comes out even: 60s, 5m, 48h; otherwise in seconds or milliseconds.
    /// </summary>
    public static string Of(TimeSpan time)
    {
        foreach ((long unit, string letter) in (ReadOnlySpan<(long, string)>)[(TimeSpan.TicksPerDay, "d"), (TimeSpan.TicksPerHour, "h"),
            (TimeSpan.TicksPerMinute, "m")])
            if (time.Ticks >= 2 * unit && time.Ticks % unit == 0) return Invariant($"{time.Ticks / unit}{letter}");
        return time < TimeSpan.FromSeconds(1) ? Invariant($"{time.TotalMilliseconds}ms") : Invariant($"{time.TotalSeconds}s");
    }

    public static string Of(ReadOnlySpan<string> texts)
    {
        List<string> quoted = [];
        foreach (string text in texts) quoted.Add(Quote(text ?? ""));
        return string.Join(", ", quoted);
    }

    /// <summary>A text as C# has it: in quotation marks.</summary>
    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
