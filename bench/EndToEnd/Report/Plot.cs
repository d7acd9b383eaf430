using System.Globalization;
using System.Text;

namespace Godot.Bench;

/// <summary>bench/results.svg: ratios against their floors, and a panel for each curve. Readable on light and on dark.</summary>
sealed class Plot
{
    const int Width = 900, Bar = 34, Panel = 210, Left = 330;

    static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    readonly StringBuilder svg = new();

    public static string Of(Bench bench)
    {
        Plot plot = new();
        List<Figure> ratios = [.. bench.Figures.Where(figure => figure.Peer is not null)];
        int bars = ratios.Count * Bar + 70, height = bars + (bench.Curves.Count + 1) / 2 * (Panel + 60);
        plot.Head(height);
        plot.Bars(ratios);
        foreach ((int i, Curve curve) in bench.Curves.Index()) plot.Draw(curve, 60 + i % 2 * (Width / 2), bars + 40 + i / 2 * (Panel + 60));
        return plot.svg.Append("</svg>\n").ToString();
    }

    void Head(int height) => svg.Append(Culture, $$"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{height}}" width="{{Width}}" height="{{height}}" font-family="system-ui, sans-serif" font-size="12">
        <style>
          text { fill: #24292f } .quiet { fill: #6e7781 } .axis { stroke: #d0d7de; fill: none } .ours { fill: #0969da } .line { stroke: #0969da; fill: none; stroke-width: 2 }
          .floor { stroke: #cf222e; stroke-width: 2 } .allowed { stroke: #6e7781; fill: none; stroke-dasharray: 4 4 }
          @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 } .quiet { fill: #8b949e } .axis { stroke: #30363d } .ours { fill: #4493f8 } .line { stroke: #4493f8 } .floor { stroke: #ff7b72 } .allowed { stroke: #8b949e }
          }
        </style>

        """);

    // Ratios lie between a tenth and several hundreds: a logarithmic scale.
    void Bars(List<Figure> figures)
    {
        Text(10, 20, "How many times the peer's throughput; the red line is the floor (logarithmic)", "font-weight=\"bold\"");
        double most = figures.Select(figure => Math.Max(figure.Judged, figure.Floor?.Limit ?? 0)).DefaultIfEmpty(10).Max() * 1.5;
        double X(double ratio) => Left + (Width - Left - 60) * Math.Clamp(Math.Log(ratio / 0.1) / Math.Log(most / 0.1), 0, 1);
        foreach ((int i, Figure figure) in figures.Index())
        {
            int y = 38 + i * Bar;
            Text(Left - 10, y + 10, Shortened(figure.What), "text-anchor=\"end\"");
            Text(Left - 10, y + 23, "against " + figure.PeerName, "text-anchor=\"end\" class=\"quiet\" font-size=\"10\"");
            svg.Append(Culture,
                $"<rect class=\"ours\" x=\"{Left}\" y=\"{y}\" width=\"{X(figure.Judged) - Left:0.#}\" height=\"20\" rx=\"2\"/>\n");
            if (figure.Floor is { } floor)
                svg.Append(Culture,
                    $"<line class=\"floor\" x1=\"{X(floor.Limit):0.#}\" x2=\"{X(floor.Limit):0.#}\" y1=\"{y - 3}\" y2=\"{y + 23}\"/>\n");
            Text(Math.Max(X(figure.Judged), X(figure.Floor?.Limit ?? 0.1)) + 6, y + 14, Godot.Bench.Text.Of(figure.Judged));
        }
    }

    // Both axes logarithmic: what grows in proportion climbs as steeply as the grid.
    void Draw(Curve curve, double left, double top)
    {
        const double PanelWidth = Width / 2 - 100, PanelHeight = Panel - 40;
        List<(double At, double Cost)> allowed = [.. curve.Points.Select(point => (point.At, curve.Allowed(point.At)))];
        double least = curve.Points.Min(point => point.Cost) / 1.5,
            most = Math.Max(allowed[^1].Cost, curve.Points.Max(point => point.Cost)) * 1.2;
        string At((double At, double Cost) point) => string.Create(Culture,
            $"{left + PanelWidth * Math.Log(point.At / curve.Points[0].At) / Math.Log(curve.Points[^1].At / curve.Points[0].At):0.#},"
                + $"{top + PanelHeight * Math.Log(most / point.Cost) / Math.Log(most / least):0.#}");

        Text(left, top - 12, $"{curve.Unit}: {curve.What}", "font-weight=\"bold\"");
        svg.Append(Culture, $"<path class=\"axis\" d=\"M{left},{top} V{top + PanelHeight} H{left + PanelWidth}\"/>\n");
        svg.Append(Culture,
            $"<polyline class=\"allowed\" points=\"{string.Join(' ', allowed.Select(At))}\"/>\n<polyline class=\"line\" "
                + $"points=\"{string.Join(' ', curve.Points.Select(At))}\"/>\n");
        foreach ((double At, double Cost) point in curve.Points)
        {
            string[] place = At(point).Split(',');
            svg.Append(Culture, $"<circle class=\"ours\" cx=\"{place[0]}\" cy=\"{place[1]}\" r=\"3\"/>\n");
            Text(double.Parse(place[0], Culture), double.Parse(place[1], Culture) - 7, Godot.Bench.Text.Of(point.Cost),
                "text-anchor=\"middle\" font-size=\"10\"");
            Text(double.Parse(place[0], Culture), top + PanelHeight + 14, Short(point.At), "text-anchor=\"middle\" class=\"quiet\"");
        }
        Text(left + PanelWidth, top + PanelHeight + 30, $"{curve.Of}; dashed: as much as logarithmic growth allows",
            "text-anchor=\"end\" class=\"quiet\" font-size=\"10\"");
    }

    void Text(double x, double y, string text, string more = "") =>
        svg.Append(Culture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" {more}>{System.Security.SecurityElement.Escape(text)}</text>\n");

    static string Shortened(string text) => text.Length <= 46 ? text : text[..text.LastIndexOf(' ', 44)] + " …";

    static string Short(double number) =>
        number switch { >= 1e6 => $"{number / 1e6:0.#}M", >= 1e3 => $"{number / 1e3:0.#}k", _ => $"{number:0}" };
}
