using System.CommandLine;

namespace Godot;

/// <summary>The word <c>check</c>: what is wrong with a program's reactors.</summary>
static class CheckCommand
{
    const int Right = 0, Wrong = 1;

    public static Command Create(GodotServer server, TextWriter output)
    {
        Command command = new("check", "Builds the reactors, renders what their outputs say of a firing, a resolved and an empty event, and names verbs that no event can pass; warns of those that mix services. Exits with 1 if anything is wrong.");
        command.SetAction(_ => Run(server, output));
        return command;
    }

    static int Run(GodotServer server, TextWriter output)
    {
        (int reactors, int problems) = (0, 0);
        foreach (ReactorCheck result in ReactorCheck.Of(server))
        {
            reactors++;
            problems += result.Problems.Count;
            output.WriteLine(PlainText.Printable(result.Name));
            foreach ((string name, string text) in result.Previews) output.WriteLine($"  {name}: {PlainText.Printable(text)}");
            foreach (string warning in result.Warnings) output.WriteLine($"  warning: {PlainText.Printable(warning)}");
            foreach (string problem in result.Problems) output.WriteLine($"  wrong: {PlainText.Printable(problem)}");
        }
        output.WriteLine($"{Counted(reactors, "reactor")}, {(problems == 0 ? "nothing wrong" : Counted(problems, "problem"))}.");
        return problems == 0 ? Right : Wrong;
    }

    static string Counted(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";
}
