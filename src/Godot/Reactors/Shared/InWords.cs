using System.Globalization;

namespace Godot;

/// <summary>How verbs say what they hold.</summary>
static class InWords
{
    /// <summary>Of a key that is not there.</summary>
    public const string NotCome = "no event of it has come";

    public static string Time(long ticks) => Notice.Duration(new TimeSpan(ticks));

    /// <summary>Of a time that runs: <c>47 s of 5 min</c>.</summary>
    public static string Run(TimeSpan time, long left) =>
        $"{Time(Math.Clamp(time.Ticks - left, 0, time.Ticks))} of {Notice.Duration(time)}";

    public static string Number(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    public static string Count(long count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>Of a mean: <c>97.2</c>, or what it waits for.</summary>
    public static string Average(double mean, int count, int atLeast) => count == 0 ? "no metric yet"
        : count < atLeast ? $"{Number(mean)}, {Filled(count, atLeast)} that it waits for" : $"{Number(mean)} at the last metric";

    /// <summary>Of a window of events: <c>3 of 10 metrics</c>.</summary>
    public static string Filled(int count, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} of {InWords.Count(size, "metric")}");

    /// <summary>Of events that are held back: <c>3 events, out in 20 s</c>.</summary>
    public static string Held(int count, long? left) => count == 0 ? "no events"
        : left is { } ticks ? $"{Count(count, "event")}, out in {Time(ticks)}" : Count(count, "event");
}
