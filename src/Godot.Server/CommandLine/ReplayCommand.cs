using System.CommandLine;
using Godot.Common;

namespace Godot;

/// <summary>The word <c>replay</c>: recorded events through a program's reactors.</summary>
sealed class ReplayCommand
{
    // What diff(1) says: 0 for the same, 1 for different, 2 for trouble.
    const int Same = 0, Different = 1, CannotRun = 1, Trouble = 2;

    readonly GodotServer server;
    readonly TextWriter output, error;
    readonly ReplayArguments arguments = new();

    ReplayCommand(GodotServer server, TextWriter output, TextWriter error) =>
        (this.server, this.output, this.error) = (server, output, error);

    public static Command Create(GodotServer server, TextWriter output, TextWriter error)
    {
        ReplayCommand replay = new(server, output, error);
        Command command =
            new("replay",
                "Runs recorded events through the reactors, their timers included, in the time that the events say. Prints what comes out "
                    + "as JSON lines; nothing is sent.");
        replay.arguments.AddTo(command);
        command.SetAction((parsed, _) => replay.RunAsync(replay.arguments.Read(parsed), replay.arguments.Other(parsed)));
        return command;
    }

    async Task<int> RunAsync(ReplayOptions options, string? other)
    {
        // A pipe or a file has the bytes as they are.
        bool atTerminal = output == Console.Out && !Console.IsOutputRedirected;
        ReplayProgress? progress = error == Console.Error && !Console.IsErrorRedirected ? new(error, TimeProvider.System) : null;
        try
        {
            if (other is not null)
                return await new ReplayComparison(server, options, output, error, atTerminal).RunAsync(other).ConfigureAwait(false) ? Same
                    : Different;
            // Bytes, whatever the terminal takes for a text's encoding.
            using Stream standard = Console.OpenStandardOutput(), lines = atTerminal ? new TerminalJson(standard) : standard;
            await new Replay(server, options, lines, error, progress).RunAsync().ConfigureAwait(false);
            return Same;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            progress?.Hide();
            await error.WriteLineAsync(PlainText.Printable(Mistake.Sentence(e))).ConfigureAwait(false);
            return other is null ? CannotRun : Trouble;
        }
    }
}
