using System.Text;

namespace Godot;

/// <summary>Reactors as a flowchart in Mermaid's language (https://mermaid.js.org), which code forges show as a picture.</summary>
sealed class MermaidGraph
{
    readonly StringBuilder nodes = new("flowchart LR\n"), arrows = new();
    int last, depth = 1;

    /// <summary>Where an arrow comes from, and what stands at it.</summary>
    readonly record struct Origin(string Node, string Label);

    public static string Of(IEnumerable<string> inputs, IEnumerable<(string Name, Recipe Recipe)> reactors)
    {
        MermaidGraph graph = new();
        List<Origin> origins = [.. inputs.Select(input => new Origin(graph.Node("([", input, "])"), ""))];
        foreach ((string name, Recipe recipe) in reactors)
        {
            graph.Begin(name);
            graph.Draw(recipe, origins);
            graph.End();
        }
        return $"{graph.nodes}{graph.arrows}";
    }

    // Returns where what the recipe emits comes from.
    List<Origin> Draw(Recipe recipe, List<Origin> from)
    {
        foreach (Step step in recipe.Steps()) from = Draw(step, from);
        return from;
    }

    List<Origin> Draw(Step step, List<Origin> from)
    {
        bool isFrame = step.EmitsInners && step.Inners.Any();
        if (!isFrame) from = [new Origin(Arrive(step, from), "")];
        else Begin(Figure.TextOf(step));
        List<Origin> emitted = [];
        foreach ((string label, Recipe inner) in step.Inners)
            emitted.AddRange(Draw(inner, [.. from.Select(origin => Figure.LabelOf(step, label) is { Length: > 0 } text ? origin with { Label = text } : origin)]));
        if (!isFrame) return from;
        End();
        return emitted;
    }

    string Arrive(Step step, List<Origin> from)
    {
        string node = step is OutputStep ? Node("[/", Figure.TextOf(step), "/]") : Node("[", Figure.TextOf(step), "]");
        foreach (Origin origin in from)
            arrows.Append($"  {origin.Node} -->{(origin.Label.Length > 0 ? $"|{Quoted(origin.Label)}|" : "")} {node}\n");
        return node;
    }

    string Node(string open, string text, string close)
    {
        string name = $"n{++last}";
        Indent().Append($"{name}{open}{Quoted(text)}{close}\n");
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

    // Mermaid's own escapes.
    static string Quoted(string text) => $"\"{PlainText.Line(text)
        .Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal)}\"";
}
