using System.CommandLine;

namespace Godot;

/// <summary>The word <c>graph</c>: a program's reactors as a picture.</summary>
static class GraphCommand
{
    const int Done = 0;

    public static Command Create(GodotServer server, TextWriter output)
    {
        Option<bool> svg = new("--svg") { Description = "As an SVG picture [default: as a Mermaid flowchart]" };
        Command command = new("graph", "Prints how events flow through the reactors.") { svg };
        command.SetAction(parsed => Run(server, parsed.GetValue(svg), output));
        return command;
    }

    static int Run(GodotServer server, bool svg, TextWriter output)
    {
        string[] inputs = [.. server.Inputs.Select(input => input.Name)];
        List<(string Name, Recipe Recipe)> reactors = [];
        foreach ((string? name, Recipe recipe) in server.Waiting)
            reactors.Add((name ?? ReactorName.From(recipe.ToString(), taken => reactors.Exists(other => other.Name == taken)), recipe));
        output.Write(svg ? SvgGraph.Of(inputs, reactors) : MermaidGraph.Of(inputs, reactors));
        return Done;
    }
}
