using System.CommandLine;
using Godot.Common;

namespace Godot;

/// <summary><c>godot tail</c>: the events that a server receives, as they come.</summary>
sealed class TailCommand
{
    readonly Terminal terminal;
    readonly Argument<string?> query = Asking.QueryArgument();
    readonly Option<HttpAddress> http = HttpAddress.Option();
    readonly Option<string?> topic =
        new("--topic") { Description = "Those that reactors publish on a topic, instead of those that come in", HelpName = "NAME" };
    readonly Option<bool> json = Asking.JsonOption();

    TailCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        TailCommand tail = new(terminal);
        Command command =
            new("tail", "Shows the events that come to a server, until Ctrl-C: a line each at a terminal, otherwise JSON lines.")
        {
            tail.query,
            tail.http,
            tail.topic,
            tail.json,
        };
        command.SetAction(tail.RunAsync);
        return command.WithExamples(
            "godot tail",
            "godot tail 'service =~ \"api/%\" and state != \"ok\"'",
            "godot tail --http monitor:9877 --topic alerts > alerts.jsonl");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        HttpAddress address = parsed.GetRequiredValue(http);
        Func<string, string> show = !terminal.OutputIsTerminal ? line => line : parsed.GetValue(json) ? PlainText.Json : Columns();
        using AskedServer server = new(address);
        using HttpResponseMessage answer =
            await server.GetAsync("events", stop, ("query", Asking.Read(parsed.GetValue(query))), ("topic", parsed.GetValue(topic)));
        await foreach (string line in server.LinesAsync(answer, stop))
        {
            if (Lost(line) is { } lost)
                await terminal.Error.WriteLineAsync($"{lost} events were lost: they came faster than they were read.");
            else await terminal.Output.WriteLineAsync(show(line));
        }
        throw new CommandFailedException($"{address.Root} has ended the stream: the server stops.");
    }

    // All events have a time there; what has none is word from the server itself.
    static double? Lost(string line) =>
        line.StartsWith("""{"dropped":""", StringComparison.Ordinal)
        && Event.Parse(line) is { Time: null } word ? word.Member("dropped").Number : null;

    static Func<string, string> Columns()
    {
        EventColumns columns = new("TIME");
        return line =>
        {
            Event e = Event.Parse(line);
            return columns.Line(EventColumns.Cells(e, $"{e.Time?.ToLocalTime():HH:mm:ss}"));
        };
    }
}
