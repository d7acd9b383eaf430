using System.Globalization;
using System.Net;
using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>
/// A piece of a drawing: it knows how large it is, and draws itself where it is put. An arrow reaches it at the left and leaves it at the
/// right, in the middle.
/// </summary>
abstract class Shape
{
    // Of a monospaced letter of 12 pixels.
    const double LetterWidth = 7.3;

    public abstract double Width { get; }

    public abstract double Height { get; }

    public abstract void Draw(StringBuilder svg, double x, double y);

    protected static double WidthOf(string text) => Math.Ceiling(text.Length * LetterWidth);

    protected static void Write(StringBuilder svg, string text, double x, double y, string style = "") =>
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{x}\" y=\"{y}\"{style}>{WebUtility.HtmlEncode(PlainText.Line(text))}</text>\n");

    protected static void Rectangle(StringBuilder svg, double x, double y, double width, double height, string style) =>
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {style}/>\n");

    /// <summary>An arrow between two points, with a corner in the middle if they are not at one height.</summary>
    public static void Arrow(StringBuilder svg, double x1, double y1, double x2, double y2) =>
        svg.Append(CultureInfo.InvariantCulture,
            $"<path d=\"M{x1} {y1}H{(x1 + x2) / 2}V{y2}H{x2}\" fill=\"none\" marker-end=\"url(#tip)\"/>\n");
}

/// <summary>A verb, and below it what metrics call it, if that is more; what sends something away has round corners.</summary>
sealed class Box(string text, string id, bool isOutput) : Shape
{
    const double Padding = 10, Bend = 40;
    const string Centred = " text-anchor=\"middle\"";

    public override double Width => WidthOf(id.Length > text.Length ? id : text) + 2 * Padding;

    public override double Height => id.Length > 0 ? 40 : 28;

    /// <summary>Where it was drawn.</summary>
    public (double X, double Y) At { get; private set; }

    /// <summary>A dashed line to another box, below the one and from the left to the other. Both have been drawn.</summary>
    public void DrawWireTo(Box other, StringBuilder svg)
    {
        (double x1, double y1, double x2, double y2) = (At.X + Width / 2, At.Y + Height, other.At.X, other.At.Y + other.Height / 2);
        svg.Append(CultureInfo.InvariantCulture,
            $"<path d=\"M{x1} {y1}C{x1} {y1 + Bend} {x2 - Bend} {y2} {x2} {y2}\" fill=\"none\" stroke-dasharray=\"4 3\" "
                + $"marker-end=\"url(#tip)\"/>\n");
    }

    public override void Draw(StringBuilder svg, double x, double y)
    {
        At = (x, y);
        Rectangle(svg, x, y, Width, Height, isOutput ? "rx=\"14\" fill=\"#eee\"" : "fill=\"#fff\"");
        Write(svg, text, x + Width / 2, y + 18, Centred);
        if (id.Length > 0) Write(svg, id, x + Width / 2, y + 32, $"{Centred} class=\"id\"");
    }
}

/// <summary>Shapes from left to right, with arrows between them.</summary>
sealed class Chain(IReadOnlyList<Shape> shapes) : Shape
{
    public const double Gap = 26;

    public override double Width => shapes.Sum(shape => shape.Width) + Gap * Math.Max(0, shapes.Count - 1);

    public override double Height => shapes.Select(shape => shape.Height).DefaultIfEmpty(0).Max();

    public override void Draw(StringBuilder svg, double x, double y)
    {
        for (int i = 0; i < shapes.Count; i++)
        {
            if (i > 0) Arrow(svg, x - Gap, y + Height / 2, x, y + Height / 2);
            shapes[i].Draw(svg, x, y + (Height - shapes[i].Height) / 2);
            x += shapes[i].Width + Gap;
        }
    }
}

/// <summary>Recipes inside a verb, one below the other, each with what it is for; dashed if what they emit goes nowhere.</summary>
sealed class Frame(string title, IReadOnlyList<(string Label, Shape Shape)> rows, bool isBeside) : Shape
{
    const double Padding = 12, TitleHeight = 20, LabelHeight = 16;

    public override double Width =>
        Math.Max(WidthOf(title), rows.Select(row => Math.Max(row.Shape.Width, WidthOf(row.Label))).DefaultIfEmpty(0).Max()) + 2 * Padding;

    public override double Height => TitleHeight + rows.Sum(HeightOf);

    public override void Draw(StringBuilder svg, double x, double y)
    {
        Rectangle(svg, x, y, Width, Height, isBeside ? "fill=\"none\" stroke-dasharray=\"4 3\"" : "fill=\"none\"");
        Write(svg, title, x + Padding, y + 15);
        y += TitleHeight;
        foreach ((string label, Shape shape) row in rows)
        {
            if (row.label.Length > 0) Write(svg, row.label, x + Padding, y + 12);
            row.shape.Draw(svg, x + Padding, y + (row.label.Length > 0 ? LabelHeight : 0));
            y += HeightOf(row);
        }
    }

    static double HeightOf((string Label, Shape Shape) row) => (row.Label.Length > 0 ? LabelHeight : 0) + row.Shape.Height + Padding;
}
