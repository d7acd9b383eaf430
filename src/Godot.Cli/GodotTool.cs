using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Godot;

/// <summary>
/// The tool from its arguments to its exit code: 0, 1 for what could not be done, 2 for a command line that is not understood, 130 for what
/// was interrupted, 141 when nobody reads its output any more.
/// </summary>
static class GodotTool
{
    public const int Done = 0, Failed = 1, NotUnderstood = 2, Interrupted = 130, NotRead = 141;

    // Longer than a client takes to write what it still holds.
    static readonly TimeSpan Ending = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken stop = default)
    {
        RootCommand root =
            new("Sends events to a Godot monitoring server, asks it what it knows, tells it what people do, replays recorded events, and "
                + "measures one.")
        {
            SendCommand.Create(terminal),
            HeartbeatCommand.Create(terminal),
            QueryCommand.Create(terminal),
            TailCommand.Create(terminal),
            IncidentsCommand.Create(terminal),
            AcknowledgeCommand.Create(terminal),
            SilenceCommand.Create(terminal),
            ResolveCommand.Create(terminal),
            LedgerCommand.Create(terminal),
            WhyCommand.Create(terminal),
            OutboxCommand.Create(terminal),
            TestCommand.Create(terminal),
            ReplayProgram.Create(),
            PummelCommand.Create(terminal),
            CompletionCommand.Create(terminal),
            PummelReactor.Create(terminal),
            PummelProducer.Create(terminal),
        };
        root.WithExamples(
            "godot send --service api/requests --metric 42",
            "godot heartbeat --service api/health/heartbeat --every 15s",
            "godot query 'service = \"cpu\" and metric > 50'",
            "godot tail 'state != \"ok\"'",
            "godot incidents",
            "godot ack cpu --for 2h",
            "godot why app cpu",
            "godot pummel -c 5");

        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            foreach (string problem in Problems(parsed, root))
                await terminal.Error.WriteLineAsync($"{problem.TrimEnd('.')}; --help shows what there is.");
            return NotUnderstood;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Ending,
            }, stop);
        }
        catch (CommandFailedException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return e is UsageException ? NotUnderstood : Failed;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (IOException e) when (PipeOutput.IsEndOfReader(e))
        {
            return NotRead;
        }
    }

    // To the library, a word that is not a command is two problems: that word, and a command that is missing.
    static IEnumerable<string> Problems(ParseResult parsed, RootCommand root) =>
        parsed.CommandResult.Command == root && parsed.UnmatchedTokens is [string word, ..]
            ? [$"'{word}' is not a command: "
                + $"{string.Join(", ", root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name))} are"]
            : parsed.Errors.Select(problem => problem.Message);
}
