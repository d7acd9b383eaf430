using System.Globalization;
using System.Text;
using Godot.Alerting;
using Godot.Recipes;

namespace Godot;

/// <summary>
/// Reactors as a picture: the inputs at the left, a row of boxes for each reactor, frames around recipes inside a verb, round corners for
/// outputs, dashed lines for topics.
/// </summary>
sealed class SvgGraph
{
    const double Margin = 16, Between = 60, RowGap = 18;

    readonly List<(string Topic, Box Box)> publishers = [], subscribers = [];

    public static string Of(IEnumerable<string> inputs, IEnumerable<(string Name, Recipe Recipe)> reactors)
    {
        SvgGraph graph = new();
        Shape source = new Frame("inputs", [.. inputs.Select(input => ("", (Shape)new Box(input, "", isOutput: false)))], isBeside: false);
        List<Shape> rows = [];
        HashSet<Shape> fed = [];
        foreach ((string name, Recipe recipe) in reactors)
        {
            rows.Add(new Frame(name, [("", graph.Draw(PlacedStep.Of(recipe)))], isBeside: false));
            if (recipe.Steps() is not [SubscribeStep, ..]) fed.Add(rows[^1]);
        }
        double left = Margin + source.Width + Between,
            height = Math.Max(source.Height, rows.Sum(row => row.Height) + RowGap * Math.Max(0, rows.Count - 1));

        StringBuilder svg = new();
        source.Draw(svg, Margin, Margin + (height - source.Height) / 2);
        double y = Margin;
        foreach (Shape row in rows)
        {
            if (fed.Contains(row)) Shape.Arrow(svg, Margin + source.Width, Margin + height / 2, left, y + row.Height / 2);
            row.Draw(svg, left, y);
            y += row.Height + RowGap;
        }
        foreach ((string topic, Box publisher) in graph.publishers)
            foreach ((_, Box subscriber) in graph.subscribers.Where(subscriber => subscriber.Topic == topic)) publisher.DrawWireTo(
                subscriber, svg);
        double width = left + rows.Select(row => row.Width).DefaultIfEmpty(0).Max() + Margin;
        return string.Create(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{{width}}" height="{{height + 2 * Margin}}" font-family="monospace" font-size="12" stroke-width="1">
            <defs><marker id="tip" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L6 3L0 6Z" fill="#333" stroke="none"/></marker></defs>
            <style>text { fill: #111; stroke: none } .id { fill: #666; font-size: 10px } rect, path { stroke: #333 }</style>
            <rect width="100%" height="100%" fill="#fff" style="stroke: none"/>
            {{svg}}</svg>

            """);
    }

    Chain Draw(IReadOnlyList<PlacedStep> steps) => new([.. steps.Select(Draw)]);

    // When it tells and whom, and below that who is next.
    static IEnumerable<(string Label, Shape Shape)> Draw(Policy policy, string label)
    {
        IEnumerable<Box> times = Figure.TimesOf(policy).Select(time => new Box(time, "", isOutput: false)),
            outputs = policy.Outputs.Select(output => new Box(Figure.TextOf(output), "", isOutput: true));
        yield return (label, new Chain([.. times, .. outputs]));
        foreach ((string how, Policy next) in Figure.NextOf(policy))
            foreach ((string, Shape) row in Draw(next, label.Length > 0 ? $"{label}, {how}" : how)) yield return row;
    }

    Shape Draw(PlacedStep place)
    {
        Step step = place.Step;
        if (place.Inners.Count > 0)
            return new Frame(Figure.TitleOf(place),
                [.. step.Inners.Zip(place.Inners, (inner, steps) => (Figure.LabelOf(step, inner.Label), (Shape)Draw(steps)))],
                isBeside: !step.EmitsInners);
        if (step is NotifyStep { Audience.Policy: var policy })
            return new Frame(Figure.TitleOf(place), [.. Draw(policy, "")], isBeside: true);
        Box box = new(Figure.TextOf(step), Figure.IdOf(place), step is OutputStep);
        if (step is PublishStep publish) publishers.Add((publish.Topic, box));
        if (step is SubscribeStep subscribe) subscribers.Add((subscribe.Topic, box));
        return box;
    }
}
