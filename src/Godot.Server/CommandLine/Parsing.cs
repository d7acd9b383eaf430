using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Godot.Common;

namespace Godot;

/// <summary>
/// From the words of a command line to values. What cannot be understood is a <see cref="FormatException"/>, whose message is shown.
/// </summary>
static class Parsing
{
    static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400), ("", 1)];

    /// <summary>An option's parser, made of one that throws.</summary>
    public static Func<ArgumentResult, T?> By<T>(Func<string, T> parse) => result =>
    {
        try
        {
            return parse(result.Tokens[^1].Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return default;
        }
    };

    /// <summary>A repeated option's parser, made of one that throws.</summary>
    public static Func<ArgumentResult, T[]?> EachBy<T>(Func<string, T> parse) => result =>
    {
        try
        {
            return [.. result.Tokens.Select(token => parse(token.Value))];
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return null;
        }
    };

    /// <summary>A time span: <c>500ms</c>, <c>15s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>; a number alone is seconds.</summary>
    public static TimeSpan Duration(string text)
    {
        (string unit, double seconds) = Array.Find(Units, u => text.EndsWith(u.Unit, StringComparison.Ordinal));
        return TryNumber(text[..^unit.Length], out double number) && number * seconds is >= 0 and <= 1e9
            ? TimeSpan.FromSeconds(number * seconds)
            : throw new FormatException($"'{text}' is not a time span, such as 15s, 500ms, 5m, or 2.5 for seconds");
    }

    /// <summary>An option that is a time span.</summary>
    public static Option<TimeSpan?> DurationOption(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = "TIME", CustomParser = By<TimeSpan?>(text => Duration(text)) };

    /// <summary>A point in time: a number as an event's time on the wire, or a date with a time; UTC unless it says otherwise.</summary>
    public static DateTimeOffset Time(string text)
    {
        try
        {
            return TryNumber(text, out _)
                ? Event.Parse($$"""{"time":{{text}}}""").Time!.Value
                : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        }
        catch (FormatException e)
        {
            throw new FormatException($"'{text}' is not a time, such as 1767225600.5 or 2026-01-01T00:00:00.5Z", e);
        }
    }

    /// <summary>A finite number.</summary>
    public static double Number(string text) =>
        TryNumber(text, out double number) ? number : throw new FormatException($"'{text}' is not a number");

    /// <summary>A number above zero.</summary>
    public static double Positive(string text) =>
        TryNumber(text, out double number) && number > 0 ? number : throw new FormatException($"'{text}' is not a number above zero");

    /// <summary>A whole number in a range.</summary>
    public static int Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{text}' is not a whole number from {least} to {most}");

    /// <summary>
    /// A value of meta by its key: <c>version=1.5</c>. Numbers as JSON writes them, true and false keep their types; all else is text.
    /// </summary>
    public static KeyValuePair<string, MetaValue> Meta(string text)
    {
        int equals = text.IndexOf('=');
        if (equals < 1) throw new FormatException($"'{text}' is not a KEY=VALUE, such as version=1.5");
        string value = text[(equals + 1)..];
        return new(text[..equals], value switch
        {
            "true" => true,
            "false" => false,
            _ => Scalar(value),
        });
    }

    // 007 and +49 are names more often than numbers, and JSON does not write numbers so.
    static MetaValue Scalar(string value)
    {
        if (value.TrimStart('-') is not [>= '0' and <= '9', ..] || value.TrimStart('-') is ['0', >= '0' and <= '9', ..]
            || value.EndsWith('.')) return value;
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)) return whole;
        if (ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong large)) return large;
        return TryNumber(value, out double number) ? number : value;
    }

    /// <summary>Who may use a port: networks with commas between them, or <c>anyone</c>.</summary>
    public static Allow Allowed(string text)
    {
        try
        {
            return text == "anyone" ? Allow.Anyone : Allow.From(text.Split(',', StringSplitOptions.TrimEntries));
        }
        catch (ArgumentException e)
        {
            throw new FormatException(Mistake.Sentence(e), e);
        }
    }

    static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);
}
