using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;

namespace Godot;

/// <summary>
/// <c>godot replay</c>: a server program's own replay, whatever kind of file the program is. It writes straight to this process's terminal,
/// and its exit code is ours.
/// </summary>
sealed class ReplayProgram
{
    readonly ReplayArguments arguments = new();
    readonly Option<string> program =
        new("--program") { Description = "The server program: a .cs file, a .dll or an executable", HelpName = "PROGRAM", Required = true };

    public static Command Create()
    {
        ReplayProgram replay = new();
        Command command =
            new("replay",
                "Runs recorded events through a server program's reactors, in the time that the events say. Prints what comes out; nothing "
                    + "is sent.");
        replay.arguments.AddTo(command);
        command.Add(replay.program);
        command.SetAction(replay.RunAsync);
        return command.WithExamples(
            "godot replay events.jsonl --program server.cs",
            "godot replay monday.jsonl.zst tuesday.jsonl.gz --program server.cs --until 2026-01-07T00:00:00Z",
            "godot replay events.jsonl --program server.cs --diff changed.cs");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        try
        {
            using Process process = Process.Start(ServerProgram.Start(parsed.GetRequiredValue(program), arguments.Words(parsed)))!;
            using CancellationTokenRegistration end = stop.Register(() => process.Kill(entireProcessTree: true));
            await process.WaitForExitAsync(CancellationToken.None);
            return stop.IsCancellationRequested ? GodotTool.Interrupted : process.ExitCode;
        }
        catch (Exception e) when (e is FileNotFoundException or Win32Exception)
        {
            throw new CommandFailedException(e.Message, e);
        }
    }
}
