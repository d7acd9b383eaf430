using System.CommandLine;

namespace Godot;

/// <summary><c>godot ledger</c>: what a server decided about alerts, also where it told nobody.</summary>
sealed class LedgerCommand
{
    readonly Terminal terminal;
    readonly Option<HttpAddress> server = HttpAddress.Option();
    readonly Option<string?> incident = new("--incident") { Description = "Of one incident", HelpName = "ID" };
    readonly Option<string?> reactor = new("--reactor") { Description = "Of one reactor", HelpName = "NAME" };
    readonly Option<string?> name = new("--name") { Description = "Of one key, such as 'cpu app': service and host", HelpName = "NAME" };
    readonly Option<string?> channel = new("--channel") { Description = "Of one channel, such as email:ops@host.com", HelpName = "NAME" };
    readonly Option<string?> what = new("--what") { Description = "That begins so: opened, told, not told, resolved", HelpName = "WORDS" };
    readonly Option<DateTimeOffset?> since = AlertOptions.Moment("--since", "Not before");
    readonly Option<DateTimeOffset?> until = AlertOptions.Moment("--until", "Before");
    readonly Option<int> limit = AlertOptions.Limit();
    readonly Option<bool> json = Asking.JsonOption();

    LedgerCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        LedgerCommand asks = new(terminal);
        Command command = new("ledger", "Shows what a server decided about alerts, the last lines, oldest first.")
        {
            asks.incident,
            asks.reactor,
            asks.name,
            asks.channel,
            asks.what,
            asks.since,
            asks.until,
            asks.limit,
            asks.server,
            asks.json,
        };
        command.SetAction(asks.RunAsync);
        return command.WithExamples(
            "godot ledger --since 2h",
            "godot ledger --name 'cpu app' --what 'not told'",
            "godot ledger --channel email:ops@host.com --limit 20");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using AskedServer asked = new(parsed.GetRequiredValue(server));
        string answer = await asked.AskAsync("ledger", stop, ("incident", parsed.GetValue(incident)), ("reactor", parsed.GetValue(reactor)),
            ("name", parsed.GetValue(name)), ("channel", parsed.GetValue(channel)), ("what", parsed.GetValue(what)),
            ("since", AlertOptions.Text(parsed.GetValue(since))), ("until", AlertOptions.Text(parsed.GetValue(until))),
            ("limit", AlertOptions.Text(parsed.GetValue(limit))));
        ApiLedger ledger = AlertOptions.Read(answer, ApiJson.OfServers.ApiLedger);
        await terminal.ShowEachAsync(parsed.GetValue(json), answer, "lines",
            () => ledger.Lines.Select(line => Shown.Line($"{line.ToLine()}")));
        return GodotTool.Done;
    }
}
