using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Reflection;
using Godot.Common;
using Godot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

/// <summary>The command line of a server program, and its life from start to exit code.</summary>
static class ServerCommand
{
    const int Done = 0, CannotRun = 1, NotUnderstood = 2;

    /// <param name="server">What the program says.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="output">Its standard output.</param>
    /// <param name="error">Its standard error output.</param>
    /// <param name="data">Where it keeps what it knows, if neither it nor its arguments say; null: nowhere.</param>
    /// <param name="usualHttp">Where it serves HTTP, if neither it nor its arguments say; null: nowhere.</param>
    public static async Task<int> RunAsync(GodotServer server, string[] args, TextWriter output, TextWriter error, string? data = null,
        string? usualHttp = null)
    {
        Option<string?> http = new("--http")
        {
            Description =
                "Serve /healthz, /readyz, /metrics, /index, /events and /api/v1/ there; loopback alone unless an address or --allow is "
                    + $"given; none: nowhere [default: {GodotServer.UsualHttp}, unless another program has it]",
            HelpName = "[ADDRESS:]PORT",
        };
        Option<string[]?> names =
            new("--http-name") { Description = "Answer over HTTP to this name, beside IP addresses and localhost; may be repeated",
                HelpName = "NAME", Arity = ArgumentArity.OneOrMore };
        Option<Allow?> allow = new("--allow")
        {
            Description =
                "Who else may use the ports: networks such as 10.0.0.0/8,fd00::/8, or anyone. This machine always may. Replaces what the "
                    + "program says.",
            HelpName = "NETWORK,…",
            CustomParser = Parsing.By<Allow?>(Parsing.Allowed),
        };
        Option<string?> dataFolder = new("--data")
        {
            Description = "Keep what is known there, to go on from after a restart; none: keep nothing [default: $STATE_DIRECTORY, or "
                + $"data/{GodotServer.Program}]",
            HelpName = "DIR",
        };
        Option<bool> version = new("--version") { Description = "Show Godot's version" };
        RootCommand command = new("A Godot monitoring server. Its reactors are in its source.");
        // The library's own --version shows the version of the program that it runs in.
        command.Options.Remove(command.Options.OfType<VersionOption>().Single());
        command.Options.Add(http);
        command.Options.Add(names);
        command.Options.Add(allow);
        command.Options.Add(dataFolder);
        command.Options.Add(version);
        command.Add(ReplayCommand.Create(server, output, error));
        command.Add(CheckCommand.Create(server, output));
        command.Add(GraphCommand.Create(server, output));
        command.SetAction((parsed, _) =>
            parsed.GetValue(version) ? ShowVersion(output) : ServeAsync(server, () => Apply(parsed), output, error));

        ParseResult parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            foreach (ParseError problem in parsed.Errors)
                await error.WriteLineAsync($"{problem.Message.TrimEnd('.')}; --help shows what there is.").ConfigureAwait(false);
            return NotUnderstood;
        }
        // Signals are ours: the library would end the process after two seconds.
        InvocationConfiguration ours =
            new() { Output = output, Error = error, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(ours).ConfigureAwait(false);

        void Apply(ParseResult given)
        {
            if (given.GetValue(http) is { } address) server.Http(address);
            else if (usualHttp is not null) server.HttpUnlessSaid(usualHttp);
            if (given.GetValue(names) is { Length: > 0 } more)
                server.With(server.Options with { HttpNames = [.. server.Options.HttpNames, .. more] });
            if (given.GetValue(allow) is { } who) server.LetIn(who);
            if (given.GetValue(dataFolder) is { } folder) server.Data(folder == DataFolder.None ? null : folder);
            else if (data is not null) server.DataUnlessSaid(data);
        }
    }

    static async Task<int> ServeAsync(GodotServer server, Action apply, TextWriter output, TextWriter error)
    {
        LogToTerminal(server, output);
        using StopSignal signal = new(TimeProvider.System);
        try
        {
            apply();
            await server.StartAsync(signal.Given).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InputException or ArgumentException or IOException)
        {
            await error.WriteLineAsync(PlainText.Printable(Mistake.Sentence(e))).ConfigureAwait(false);
            return CannotRun;
        }
        catch (OperationCanceledException)
        {
            return Done;
        }
        await signal.WaitAsync().ConfigureAwait(false);
        await server.StopAsync(CancellationToken.None).ConfigureAwait(false);
        // What a Console printed and nobody has read is lost, too.
        bool read = output != Console.Out || await BackgroundWriter.Of(output).TryFlushAsync().ConfigureAwait(false);
        return server.Run!.GaveUp || server.Run.Engine.LostAtStop > 0 || !read ? CannotRun : Done;
    }

    static void LogToTerminal(GodotServer server, TextWriter output)
    {
        EngineOptions engine = server.Options.Engine;
        if (engine.LoggerFactory != NullLoggerFactory.Instance) return;
        TerminalLogger terminal = output == Console.Out
            ? new(BackgroundWriter.Of(output), engine.TimeProvider, TerminalLogger.Colourful(Console.IsOutputRedirected))
            : new(output, engine.TimeProvider, coloured: false);
        server.With(server.Options with { Engine = engine with { LoggerFactory = terminal } });
    }

    static async Task<int> ShowVersion(TextWriter output)
    {
        string version = typeof(GodotServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown";
        await output.WriteLineAsync($"godot {version.Split('+')[0]}").ConfigureAwait(false);
        return Done;
    }
}
