using System.CommandLine;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

/// <summary>The word <c>check</c>: what is wrong with a program's reactors.</summary>
static class CheckCommand
{
    const int Right = 0, Wrong = 1;

    public static Command Create(GodotServer server, TextWriter output)
    {
        Option<bool> connect =
            new("--connect") { Description = "Try the outputs as well: connect to mail servers and others, and log in; nothing is sent" };
        Option<string?> against = new("--against")
        {
            Description = "Show what of the state in a data folder the reactors would go on from at the next start; changes nothing",
            HelpName = "DIR",
        };
        Command command = new(
            "check",
            "Says what outputs would send, what no event can pass (wrong, exit 1), and what is probably not meant (warning, exit "
                + "0).") { connect, against };
        command.SetAction((parsed, stop) =>
            RunAsync(server, parsed.GetValue(connect) ? new Attempts(server, TimeProvider.System) : null, parsed.GetValue(against), output,
                stop));
        return command;
    }

    static async Task<int> RunAsync(GodotServer server, Attempts? attempts, string? against, TextWriter output, CancellationToken stop)
    {
        (int reactors, int problems, int warnings) = (0, 0, 0);
        foreach (ReactorCheck result in ReactorCheck.Of(server))
        {
            reactors++;
            problems += result.Problems.Count;
            warnings += result.Warnings.Count;
            await output.WriteLineAsync(
                $"{PlainText.Printable(result.Name)}{(result.DerivedFrom is { } source ? $" (name derived from {source})" : "")}")
                    .ConfigureAwait(false);
            if (result.Steps.Count > 0)
                await output.WriteLineAsync($"  steps: {PlainText.Printable(string.Join(", ", result.Steps))}").ConfigureAwait(false);
            foreach ((string name, string text) in result.Previews) await output.WriteLineAsync($"  {name}: {PlainText.Printable(text)}")
                .ConfigureAwait(false);
            foreach (string problem in result.Problems)
                await output.WriteLineAsync($"  wrong: {PlainText.Printable(problem)}").ConfigureAwait(false);
            foreach (string warning in result.Warnings)
                await output.WriteLineAsync($"  warning: {PlainText.Printable(warning)}").ConfigureAwait(false);
            problems += await TryAsync(result.Outputs, attempts, output, stop).ConfigureAwait(false);
        }
        foreach (InhibitionCheck result in InhibitionCheck.Of(server))
        {
            if (result.Problem is not null) problems++;
            warnings += result.Warnings.Count;
            string[] said = [.. result.Problem is { } problem ? [$"wrong: {problem}"] : (string[])[],
                .. result.Warnings.Select(warning => $"warning: {warning}")];
            await output.WriteLineAsync(PlainText.Printable(result.Text)).ConfigureAwait(false);
            foreach (string line in said) await output.WriteLineAsync($"  {PlainText.Printable(line)}").ConfigureAwait(false);
        }
        foreach ((TimeSpan every, Policy to) in server.Switches)
        {
            string whom = string.Join(", ", to.Outputs.Select(step => step.Output.ChannelName));
            await output.WriteLineAsync($"dead man's switch: {PlainText.Printable(whom)} every {RecipeText.Of(every)}")
                .ConfigureAwait(false);
            problems += await TryAsync(to.Outputs, attempts, output, stop).ConfigureAwait(false);
        }
        if (against is not null && problems == 0)
        {
            StateCheck result = StateCheck.Of(server, against, TimeProvider.System.GetUtcNow());
            problems += result.Problems;
            warnings += result.Warnings;
            foreach (string line in result.Lines) await output.WriteLineAsync(PlainText.Printable(line)).ConfigureAwait(false);
        }
        string found = problems == 0 ? "nothing wrong" : Counted(problems, "problem");
        await output.WriteLineAsync($"{Counted(reactors, "reactor")}, {found}{(warnings == 0 ? "" : $", {Counted(warnings, "warning")}")}.")
            .ConfigureAwait(false);
        return problems == 0 ? Right : Wrong;
    }

    // How many could not send.
    static async Task<int> TryAsync(IEnumerable<OutputStep> outputs, Attempts? attempts, TextWriter output, CancellationToken stop)
    {
        int failures = 0;
        if (attempts is null) return failures;
        foreach (OutputStep step in outputs)
        {
            (string? reached, string? failure) = await attempts.OfAsync(step.Output, stop).ConfigureAwait(false);
            if (failure is not null) failures++;
            if ((failure ?? reached) is { } said)
                await output.WriteLineAsync($"  {(failure is null ? step.Output.Name : "wrong")}: {PlainText.Printable(said)}")
                    .ConfigureAwait(false);
        }
        return failures;
    }

    static string Counted(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";
}
