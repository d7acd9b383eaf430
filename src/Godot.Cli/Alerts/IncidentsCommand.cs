using System.CommandLine;

namespace Godot;

/// <summary><c>godot incidents</c>: what is wrong now, or what became of one incident.</summary>
sealed class IncidentsCommand
{
    readonly Terminal terminal;
    readonly Argument<string?> id = new("INCIDENT")
    {
        Description = "The id of one, for what became of it so far [default: those that are open]",
        Arity = ArgumentArity.ZeroOrOne,
    };
    readonly Option<HttpAddress> server = HttpAddress.Option();
    readonly Option<int> limit = AlertOptions.Limit();
    readonly Option<bool> json = Asking.JsonOption();

    IncidentsCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        IncidentsCommand asks = new(terminal);
        Command command = new("incidents", "Shows a server's open incidents, oldest first, or one with what was decided on it.")
        {
            asks.id,
            asks.server,
            asks.limit,
            asks.json,
        };
        command.SetAction(asks.RunAsync);
        return command.WithExamples(
            "godot incidents",
            "godot incidents 0f343b0931126a20f133d67c2b018a3b",
            "godot incidents --json | jq -r .id");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using AskedServer asked = new(parsed.GetRequiredValue(server));
        bool asJson = parsed.GetValue(json);
        if (parsed.GetValue(id) is { } one)
        {
            string its = await asked.AskAsync($"incidents/{Uri.EscapeDataString(one)}", stop);
            ApiStory story = AlertOptions.Read(its, ApiJson.OfServers.ApiStory);
            await terminal.ShowAsync(asJson, its, () => Shown.Story(story));
            return GodotTool.Done;
        }
        string answer = await asked.AskAsync("incidents", stop, ("limit", AlertOptions.Text(parsed.GetValue(limit))));
        ApiIncidents open = AlertOptions.Read(answer, ApiJson.OfServers.ApiIncidents);
        await terminal.ShowEachAsync(asJson, answer, "incidents", () => Shown.Incidents(open.Incidents));
        await terminal.SayHowManyAsync(open.Incidents.Count, open.Total, "No incident is open.");
        return GodotTool.Done;
    }
}
