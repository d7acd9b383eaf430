using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Godot.Common;

namespace Godot;

/// <summary>What the commands about incidents have in common.</summary>
static class AlertOptions
{
    public static Argument<string> Which() => new("INCIDENT") { Description = "An incident's id, or a reactor's name for all of its" };

    public static Option<string> By() => new("--by")
    {
        Description = "Who says so [default: the user]",
        HelpName = "NAME",
        DefaultValueFactory = _ => Environment.UserName,
    };

    public static Option<TimeSpan?> For(string what) => Parsing.DurationOption("--for", $"{what}, such as 2h");

    public static Option<DateTimeOffset?> Until(string what) => new("--until")
    {
        Description = $"{what}, such as 2026-01-01T06:00Z",
        HelpName = "TIME",
        CustomParser = Parsing.By<DateTimeOffset?>(text => Parsing.Time(text)),
    };

    public static Option<int> Limit() => new("--limit")
    {
        Description = "How many at most",
        HelpName = "COUNT",
        DefaultValueFactory = _ => 1000,
        CustomParser = Parsing.By(text => Parsing.Whole(text, 0, 10_000)),
    };

    /// <summary>A moment, or how long ago it was.</summary>
    public static Option<DateTimeOffset?> Moment(string name, string description) => new(name)
    {
        Description = $"{description}: a time, or how long ago, such as 2h",
        HelpName = "TIME",
        CustomParser = Parsing.By<DateTimeOffset?>(text => text is [.., 's' or 'm' or 'h' or 'd']
            ? TimeProvider.System.GetUtcNow() - Parsing.Duration(text) : Parsing.Time(text)),
    };

    public static string? Text(DateTimeOffset? time) => time is { } moment ? UtcText.Exact(moment) : null;

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static T Read<T>(string json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new CommandFailedException("What answers there is no Godot server, or one of another version.", e);
        }
    }
}
