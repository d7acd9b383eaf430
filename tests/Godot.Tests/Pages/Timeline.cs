using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Godot.Common;

namespace Godot.Tests;

/// <summary>
/// A picture of a story: a column for each moment at which something happened, above what went in, below what came out. Batches stand in a
/// frame. Readable on light and on dark.
/// </summary>
sealed class Timeline
{
    const double Letter = 6.7;
    const int Chip = 18, Gap = 4, Margin = 10, Left = 44, Head = 8;

    readonly ReactorTest story;
    readonly Label label;
    readonly StringBuilder svg = new();

    Timeline(ReactorTest story) => (this.story, label) = (story, new Label(story));

    public static string Of(ReactorTest story) => new Timeline(story).Draw();

    string Draw()
    {
        Column[] columns = [.. Moments().Select(at => new Column(at, InputsAt(at), OutputsAt(at)))];
        int above = Head + columns.Max(column => Height(column.In)), axis = above + 10, below = axis + 28;
        int height = below + columns.Max(column => Height(column.Out)) + Margin;
        double x = Left;
        StringBuilder body = new();
        foreach (Column column in columns)
        {
            double width =
                Math.Max(Time(column.At).Length * Letter,
                    column.In.Concat(column.Out).SelectMany(chips => chips).Select(Width).DefaultIfEmpty(0).Max());
            Draw(body, column.In, x, above - Height(column.In), "in");
            body.Append(Culture,
                $"<path class=\"axis\" d=\"M{x + width / 2:0} {axis - 3}v6\"/><text class=\"quiet\" "
                    + $"x=\"{x + width / 2:0}\" y=\"{axis + 17}\" text-anchor=\"middle\">{Time(column.At)}</text>\n");
            Draw(body, column.Out, x, below, "out");
            x += width + 16;
        }
        double end = x;
        svg.Append(Culture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{end + Margin:0}} {{height}}" width="{{end + Margin:0}}" height="{{height}}" font-family="ui-monospace, monospace" font-size="11">
            <style>
              text { fill: #24292f } .quiet { fill: #6e7781 } .axis { stroke: #8c959f; fill: none } .in { fill: #ddf4ff; stroke: #54aeff } .out { fill: #fff1e5; stroke: #fb8f44 } .batch { fill: none; stroke: #fb8f44; stroke-dasharray: 3 3 }
              @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .quiet { fill: #8b949e } .in { fill: #051d4d; stroke: #1f6feb } .out { fill: #3d1300; stroke: #bd561d } .batch { stroke: #bd561d } }
            </style>
            <text class="quiet" x="{{Margin}}" y="{{above - 5}}">in</text><text class="quiet" x="{{Margin}}" y="{{below + 13}}">out</text>
            <path class="axis" d="M{{Margin}} {{axis}}H{{end:0}}m-5 -3l5 3l-5 3"/>

            """);
        return svg.Append(body).Append("</svg>\n").ToString();
    }

    IEnumerable<TimeSpan> Moments() =>
        story.Arrivals.Select(arrival => arrival.At).Concat(story.Emitted.Select(emission => emission.At)).Distinct().Order();

    string[][] InputsAt(TimeSpan at) =>
        [.. story.Arrivals.Where(arrival => arrival.At == at).Select(arrival => (string[])[label.Of(arrival.Event)])];

    string[][] OutputsAt(TimeSpan at) =>
        [.. story.Emitted.Where(emission => emission.At == at).Select(emission => emission.Events.Select(label.Of).ToArray())];

    void Draw(StringBuilder body, string[][] groups, double x, int top, string kind)
    {
        int y = top;
        bool batches = kind == "out" && story.Recipe is BatchReactor;
        foreach (string[] chips in groups)
        {
            int start = y;
            foreach (string chip in chips)
            {
                body.Append(Culture,
                    $"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y}\" width=\"{Width(chip):0.#}\" height=\"{Chip}\" rx=\"4\"/><text "
                        + $"x=\"{x + 6:0.#}\" y=\"{y + 13}\">{new XText(chip)}</text>\n");
                y += Chip + Gap;
            }
            if (batches)
                body.Append(Culture,
                    $"<rect class=\"batch\" "
                        + $"x=\"{x - 3:0.#}\" y=\"{start - 3}\" width=\"{chips.Select(Width).DefaultIfEmpty(20).Max() + 6:0.#}\" "
                        + $"height=\"{y - start - Gap + 6}\" rx=\"6\"/>\n");
            if (batches) y += 6;
        }
    }

    int Height(string[][] groups) => groups.Sum(chips => chips.Length * (Chip + Gap) + (story.Recipe is BatchReactor ? 6 : 0));

    static double Width(string chip) => chip.Length * Letter + 12;

    static string Time(TimeSpan at) => at == TimeSpan.Zero ? "0s" : RecipeText.Of(at);

    static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    sealed record Column(TimeSpan At, string[][] In, string[][] Out);
}
