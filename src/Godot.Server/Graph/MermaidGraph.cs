using System.Text;
using Godot.Alerting;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

/// <summary>Reactors as a flowchart in Mermaid's language (https://mermaid.js.org), which code forges show as a picture.</summary>
sealed class MermaidGraph
{
    readonly StringBuilder nodes = new("flowchart LR\n"), arrows = new();
    readonly List<(string Topic, string Node)> publishers = [], subscribers = [];
    int last, depth = 1;

    // Behind an alert: what follows says who is told, each for itself.
    bool isAlert;

    /// <summary>Where an arrow comes from, and what stands at it.</summary>
    readonly record struct Origin(string Node, string Label);

    public static string Of(IEnumerable<string> inputs, IEnumerable<(string Name, Recipe Recipe)> reactors)
    {
        MermaidGraph graph = new();
        List<Origin> origins = [.. inputs.Select(input => new Origin(graph.Node("([", input, "])"), ""))];
        foreach ((string name, Recipe recipe) in reactors)
        {
            graph.Begin(name);
            graph.isAlert = false;
            graph.Draw(PlacedStep.Of(recipe), origins);
            graph.End();
        }
        graph.DrawTopics();
        return $"{graph.nodes}{graph.arrows}";
    }

    // Dotted: what is published comes after the rest of its pass, and whoever publishes it passes it on all the same.
    void DrawTopics()
    {
        foreach ((string topic, string publisher) in publishers)
            foreach ((_, string subscriber) in subscribers.Where(subscriber => subscriber.Topic == topic)) arrows.Append(
                $"  {publisher} -.-> {subscriber}\n");
    }

    // Returns where what the recipe emits comes from.
    List<Origin> Draw(IReadOnlyList<PlacedStep> steps, List<Origin> from)
    {
        foreach (PlacedStep step in steps) from = Draw(step, from);
        return from;
    }

    List<Origin> Draw(PlacedStep place, List<Origin> from)
    {
        Step step = place.Step;
        if (step is NotifyStep { Audience.Policy: var policy })
        {
            Begin(Figure.TitleOf(place));
            Draw(policy, from);
            End();
            return from;
        }
        if (isAlert && step is OutputStep)
        {
            Arrive(place, from);
            return from;
        }
        isAlert |= step is AlertStep;
        bool isFrame = step.EmitsInners && step.Inners.Any();
        // It is handed what is published, and nothing from the inputs.
        if (step is SubscribeStep) from = [];
        if (!isFrame) from = [new Origin(Arrive(place, from), "")];
        else Begin(Figure.TitleOf(place));
        List<Origin> emitted = [];
        foreach ((string label, IReadOnlyList<PlacedStep> inner) in step.Inners.Select(inner => inner.Label).Zip(place.Inners))
            emitted.AddRange(Draw(inner,
                [.. from.Select(origin => Figure.LabelOf(step, label) is { Length: > 0 } text ? origin with { Label = text } : origin)]));
        if (!isFrame) return from;
        End();
        return emitted;
    }

    // When it tells, whom, and who is next.
    void Draw(Policy policy, List<Origin> from)
    {
        foreach (string time in Figure.TimesOf(policy)) from = [Connect(Node("[", time, "]"), from)];
        List<Origin> told = [.. policy.Outputs.Select(output => Connect(Node("[/", Figure.TextOf(output), "/]"), from))];
        foreach ((string label, Policy next) in Figure.NextOf(policy))
            Draw(next, [.. told.Select(origin => origin with { Label = label })]);
    }

    string Arrive(PlacedStep place, List<Origin> from)
    {
        Step step = place.Step;
        (string text, string id) = (Figure.TextOf(step), Figure.IdOf(place));
        string node = step is OutputStep ? Node("[/", text, "/]", id)
            : step is AlertStep ? Node("{{", text, "}}", id) : Node("[", text, "]", id);
        if (step is PublishStep publish) publishers.Add((publish.Topic, node));
        if (step is SubscribeStep subscribe) subscribers.Add((subscribe.Topic, node));
        Connect(node, from);
        return node;
    }

    Origin Connect(string node, List<Origin> from)
    {
        foreach (Origin origin in from)
            arrows.Append($"  {origin.Node} -->{(origin.Label.Length > 0 ? $"|{Quoted(origin.Label)}|" : "")} {node}\n");
        return new Origin(node, "");
    }

    string Node(string open, string text, string close, string id = "")
    {
        string name = $"n{++last}";
        Indent().Append($"{name}{open}\"{Escaped(text)}{(id.Length > 0 ? $"<br/>{Escaped(id)}" : "")}\"{close}\n");
        return name;
    }

    void Begin(string title)
    {
        Indent().Append($"subgraph n{++last} [{Quoted(title)}]\n");
        depth++;
    }

    void End()
    {
        depth--;
        Indent().Append("end\n");
    }

    StringBuilder Indent() => nodes.Append(' ', 2 * depth);

    static string Quoted(string text) => $"\"{Escaped(text)}\"";

    // Mermaid's own escapes.
    static string Escaped(string text) => PlainText.Line(text)
        .Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);
}
