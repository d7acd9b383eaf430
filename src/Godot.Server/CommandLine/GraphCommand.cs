using System.CommandLine;
using Godot.Recipes;

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
        List<(string Name, Recipe Recipe)> reactors =
            [.. ReactorName.Of(server.Waiting).Zip(server.Waiting, (name, reactor) => (name, reactor.Recipe))];
        output.Write(svg ? SvgGraph.Of(inputs, reactors) : MermaidGraph.Of(inputs, reactors));
        return Done;
    }
}
