using System.CommandLine;
using Godot.Common;

namespace Godot;

/// <summary><c>godot why HOST SERVICE</c>: why somebody was told of it, or not.</summary>
sealed class WhyCommand
{
    readonly Terminal terminal;
    readonly Argument<string> host = new("HOST") { Description = "The host; '' for events that have none" };
    readonly Argument<string> service = new("SERVICE") { Description = "The service; '' for events that have none" };
    readonly Option<HttpAddress> server = HttpAddress.Option();
    readonly Option<bool> json = Asking.JsonOption();

    WhyCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        WhyCommand asks = new(terminal);
        Command command = new("why",
            "Shows which reactors a host's service reaches, what each holds for it, its incidents, and why nobody was told.")
        {
            asks.host,
            asks.service,
            asks.server,
            asks.json,
        };
        command.SetAction(asks.RunAsync);
        return command.WithExamples("godot why app cpu", "godot why app.server.com app.server/health/heartbeat --server monitor:9877");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using AskedServer asked = new(parsed.GetRequiredValue(server));
        string answer = await asked.AskAsync("why", stop, ("host", parsed.GetRequiredValue(host)),
            ("service", parsed.GetRequiredValue(service)));
        ApiWhy why = AlertOptions.Read(answer, ApiJson.OfServers.ApiWhy);
        await terminal.ShowAsync(parsed.GetValue(json), answer, () => [PlainText.Lines(why.Text.TrimEnd())]);
        return GodotTool.Done;
    }
}
