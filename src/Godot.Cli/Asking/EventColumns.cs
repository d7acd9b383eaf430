using System.Globalization;
using Godot.Common;

namespace Godot;

/// <summary>
/// Events for people: a line each, its cells below each other. Names come from strangers: what a terminal would act upon is made visible.
/// </summary>
sealed class EventColumns(string last)
{
    // As wide as the widest so far, so that lines which come one by one settle.
    readonly int[] widths = new int[4];

    public string Header => Line(["SERVICE", "HOST", "STATE", "METRIC", last]);

    /// <summary>Makes the columns wide enough for these.</summary>
    public void Fit(params ReadOnlySpan<string> cells)
    {
        for (int i = 0; i < widths.Length; i++) widths[i] = Math.Max(widths[i], cells[i].Length);
    }

    public string Line(string[] cells)
    {
        Fit(cells);
        return string.Join("  ",
            cells.Select((cell, i) => i == widths.Length ? cell : i == 3 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])));
    }

    public static string[] Cells(Event e, string last) =>
        [Cell(e.Service), Cell(e.Host), Cell(e.State), e.Metric is { } metric ? metric.ToString("G6", CultureInfo.InvariantCulture) : "-",
            last];

    /// <summary>How long ago something was, in its largest unit.</summary>
    public static string Age(TimeSpan age) => age.TotalSeconds switch
    {
        // A sender's clock may be ahead of ours.
        < 1 => "0s",
        < 120 => Whole(age.TotalSeconds, "s"),
        < 120 * 60 => Whole(age.TotalMinutes, "m"),
        < 48 * 3600 => Whole(age.TotalHours, "h"),
        _ => Whole(age.TotalDays, "d"),
    };

    static string Whole(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{(long)number}{unit}");

    static string Cell(string? text) => string.IsNullOrEmpty(text) ? "-" : PlainText.Cut(PlainText.Printable(text), 60);
}
