using System.Globalization;

namespace Godot.Bench;

/// <summary>Figures as people read them.</summary>
static class Text
{
    /// <summary>Three digits that count, thousands divided.</summary>
    public static string Of(double value)
    {
        double size = Math.Abs(value);
        string format =
            size switch { 0 => "0", < 0.001 => "0.0e0", < 0.1 => "0.0000", < 1 => "0.000", < 10 => "0.00", < 100 => "0.0", _ => "#,0" };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    public static string Of(Samples samples) =>
        samples.Count > 1 && samples.Min != samples.Max ? $"{Of(samples.Min)} – {Of(samples.Max)}" : "";

    public static string Of(Bound? bound, string unit) =>
        bound is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{(bound.AtMost ? "≤" : "≥")} {bound.Limit:#,0.##}{unit}");

    public static string Of(Figure figure)
    {
        string ours = $"{Of(figure.Ours.Median)} {figure.Unit}";
        string judged = figure.Peer is { } peer ? $", {figure.PeerName} {Of(peer.Median)}, ratio {Of(figure.Judged)}" : "";
        return $"{ours}{judged} ({Of(figure.Spread)}) {Verdict(figure)}";
    }

    public static string Verdict(Figure figure) =>
        figure.Target is null ? "" : figure.Reached ? "reached" : figure.Failed ? "**under the floor**" : "**not reached**";
}
