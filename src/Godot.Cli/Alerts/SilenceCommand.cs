using System.CommandLine;

namespace Godot;

/// <summary><c>godot silence</c>: makes a silence and says what it hushes, shows those that hold, ends one.</summary>
sealed class SilenceCommand
{
    readonly Terminal terminal;
    readonly Argument<string?> query = new("QUERY")
    {
        Description = "Which incidents, such as 'host = \"app\" and severity = \"warning\"' [default: shows the silences that hold]",
        Arity = ArgumentArity.ZeroOrOne,
    };
    readonly Option<HttpAddress> server = HttpAddress.Option();
    readonly Option<string> by = AlertOptions.By();
    readonly Option<string?> reason = new("--reason") { Description = "Why", HelpName = "TEXT" };
    readonly Option<TimeSpan?> time = AlertOptions.For("For how long");
    readonly Option<DateTimeOffset?> until = AlertOptions.Until("Until when, instead");
    readonly Option<bool> preview = new("--preview") { Description = "Show what it would hush now, and change nothing" };
    readonly Option<string?> end = new("--end") { Description = "End this silence", HelpName = "ID" };
    readonly Option<bool> json = Asking.JsonOption();

    SilenceCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        SilenceCommand silences = new(terminal);
        Command command = new("silence",
            "Holds notices back for a time; incidents open and end all the same, and what still burns at its end is told then.")
        {
            silences.query,
            silences.time,
            silences.until,
            silences.by,
            silences.reason,
            silences.preview,
            silences.end,
            silences.server,
            silences.json,
        };
        command.SetAction(silences.RunAsync);
        return command.WithExamples(
            "godot silence",
            "godot silence 'host = \"app\"' --for 2h --reason 'new disk'",
            "godot silence 'reactor = \"cpu\"' --for 1h --preview",
            "godot silence --end 0194f7e1a2b37c4d8e5f60718293a4b5");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string? asked = parsed.GetValue(query), ended = parsed.GetValue(end);
        if (asked is not null && ended is not null)
            throw new UsageException("A QUERY makes a silence, and --end ends one: give one of them.");
        using AskedServer server = new(parsed.GetRequiredValue(this.server));
        if (ended is not null) await EndAsync(server, ended, parsed, stop);
        else if (asked is not null) await MakeAsync(server, Asking.Read(asked), parsed, stop);
        else await ListAsync(server, parsed, stop);
        return GodotTool.Done;
    }

    async Task MakeAsync(AskedServer server, string query, ParseResult parsed, CancellationToken stop)
    {
        (TimeSpan? length, DateTimeOffset? last) = (parsed.GetValue(time), parsed.GetValue(until));
        if (length is null == last is null) throw new UsageException("A silence has an end: say --for 2h, or --until TIME.");
        ApiSilenceCommand said =
            new(query, parsed.GetRequiredValue(by), parsed.GetValue(reason), last, length?.TotalSeconds);
        string answer = await server.TellAsync(HttpMethod.Post, parsed.GetValue(preview) ? "silences?preview=true" : "silences", said,
            ApiJson.Ours.ApiSilenceCommand, stop);
        ApiHushed hushed = AlertOptions.Read(answer, ApiJson.OfServers.ApiHushed);
        await terminal.ShowAsync(parsed.GetValue(json), answer, () => Made(hushed));
    }

    static IEnumerable<string> Made(ApiHushed hushed) =>
    [
        (hushed.Silence is { } silence ? $"Silence {Shown.Line(silence.Id)}, until {Shown.Time(silence.Until)}, hushes now"
            : "It would hush now") + $" {hushed.Total} open incident{(hushed.Total == 1 ? "" : "s")}.",
        .. Shown.Incidents(hushed.Incidents),
    ];

    async Task EndAsync(AskedServer server, string id, ParseResult parsed, CancellationToken stop)
    {
        await server.DeleteAsync($"silences/{Uri.EscapeDataString(id)}", parsed.GetRequiredValue(by), stop);
        await terminal.ShowAsync(parsed.GetValue(json), "{}", () => ["The silence has ended; what still burns is told now."]);
    }

    async Task ListAsync(AskedServer server, ParseResult parsed, CancellationToken stop)
    {
        string answer = await server.AskAsync("silences", stop);
        ApiSilences silences = AlertOptions.Read(answer, ApiJson.OfServers.ApiSilences);
        await terminal.ShowEachAsync(parsed.GetValue(json), answer, "silences", () => Shown.Table(
            ["QUERY", "UNTIL", "BY", "REASON", "HUSHES", "ID"],
            silences.Silences.Select(one => new[]
            {
                one.Query, Shown.Time(one.Until), one.By, one.Reason ?? "", AlertOptions.Text(one.Hushes), one.Id,
            })));
        if (silences.Silences.Count == 0) await terminal.Error.WriteLineAsync("There is no silence.");
    }
}
