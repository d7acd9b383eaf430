using System.CommandLine;
using System.Globalization;
using Godot.Common;

namespace Godot;

/// <summary><c>godot query</c>: what a server's index has that matches.</summary>
sealed class QueryCommand
{
    readonly Terminal terminal;
    readonly Argument<string?> query = Asking.QueryArgument();
    readonly Option<HttpAddress> http = HttpAddress.Option();
    readonly Option<string?> index = new("--index") { Description = "Which index, if the server has several", HelpName = "NAME" };
    readonly Option<int?> limit = new("--limit")
    {
        Description = "How many events at most [default: 10000]",
        HelpName = "COUNT",
        CustomParser = Parsing.By<int?>(text => Parsing.Whole(text, 0, int.MaxValue)),
    };
    readonly Option<bool> json = Asking.JsonOption();

    QueryCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        QueryCommand asks = new(terminal);
        Command command =
            new("query",
                "Asks a server's index for the last event of each series that matches: a table at a terminal, otherwise JSON lines.")
        {
            asks.query,
            asks.http,
            asks.index,
            asks.limit,
            asks.json,
        };
        command.SetAction(asks.RunAsync);
        return command.WithExamples(
            "godot query",
            "godot query 'service = \"cpu\" and metric > 50'",
            "godot query --http monitor:9877 'state = \"critical\" and not tagged \"test\"' | jq .host");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using AskedServer server = new(parsed.GetRequiredValue(http));
        using HttpResponseMessage answer = await server.GetAsync("index", stop,
            ("query", Asking.Read(parsed.GetValue(query))), ("name", parsed.GetValue(index)),
            ("limit", parsed.GetValue(limit)?.ToString(CultureInfo.InvariantCulture)));
        List<string> lines = [];
        await foreach (string line in server.LinesAsync(answer, stop)) lines.Add(line);
        IEnumerable<string> shown = lines;
        if (terminal.OutputIsTerminal) shown = parsed.GetValue(json) ? lines.Select(PlainText.Json) : Table(lines);
        await terminal.Output.WriteAsync(string.Concat(shown.Select(line => line + Environment.NewLine)));
        string matches = answer.Headers.GetValues("Godot-Matches").Single();
        if (matches != lines.Count.ToString(CultureInfo.InvariantCulture))
        {
            bool cut = lines.Count < (parsed.GetValue(limit) ?? 10_000);
            string more = cut ? "one answer holds no more; ask for less" : "--limit shows more";
            await terminal.Error.WriteLineAsync($"The first {lines.Count} of {matches}; {more}.");
        }
        return GodotTool.Done;
    }

    static IEnumerable<string> Table(List<string> lines)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        EventColumns columns = new("AGE");
        List<string[]> rows =
            [.. lines.Select(Event.Parse).Select(e => EventColumns.Cells(e, e.Time is { } time ? EventColumns.Age(now - time) : "-"))];
        foreach (string[] row in rows) columns.Fit(row);
        return [columns.Header, .. rows.Select(columns.Line)];
    }
}
