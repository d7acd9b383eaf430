using System.CommandLine;

namespace Godot;

/// <summary><c>godot outbox</c>: what is not delivered; sends one at once, or gives it up.</summary>
sealed class OutboxCommand
{
    readonly Terminal terminal;
    readonly Option<string?> retry = new("--retry") { Description = "Send this one at once, also a dead letter", HelpName = "ID" };
    readonly Option<string?> drop = new("--drop") { Description = "Give this one up", HelpName = "ID" };
    readonly Option<string> by = AlertOptions.By();
    readonly Option<HttpAddress> server = HttpAddress.Option();
    readonly Option<int> limit = AlertOptions.Limit();
    readonly Option<bool> json = Asking.JsonOption();

    OutboxCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        OutboxCommand outbox = new(terminal);
        Command command =
            new("outbox", "Shows what a server has decided to tell and not delivered, the oldest first; sends one at once, or gives it up.")
            {
                outbox.retry,
                outbox.drop,
                outbox.by,
                outbox.limit,
                outbox.server,
                outbox.json,
            };
        command.SetAction(outbox.RunAsync);
        return command.WithExamples(
            "godot outbox",
            "godot outbox --retry 0f343b0931126a20f133d67c2b018a3b",
            "godot outbox --drop 0f343b0931126a20f133d67c2b018a3b --by ann");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string? again = parsed.GetValue(retry), dropped = parsed.GetValue(drop);
        string who = parsed.GetRequiredValue(by);
        if (again is not null && dropped is not null) throw new UsageException("Say either --retry or --drop, not both.");
        using AskedServer asked = new(parsed.GetRequiredValue(server));
        if (again is not null)
        {
            string path = $"outbox/{Uri.EscapeDataString(again)}/retry";
            await asked.TellAsync(HttpMethod.Post, path, new ApiRetry(who), ApiJson.Ours.ApiRetry, stop);
            return GodotTool.Done;
        }
        if (dropped is not null)
        {
            await asked.DeleteAsync($"outbox/{Uri.EscapeDataString(dropped)}", who, stop);
            return GodotTool.Done;
        }
        string answer = await asked.AskAsync("outbox", stop, ("limit", AlertOptions.Text(parsed.GetValue(limit))));
        ApiOutbox waiting = AlertOptions.Read(answer, ApiJson.OfServers.ApiOutbox);
        await terminal.ShowEachAsync(parsed.GetValue(json), answer, "messages", () => Shown.Messages(waiting.Messages));
        await terminal.SayHowManyAsync(waiting.Messages.Count, waiting.Total, "Nothing waits.");
        return GodotTool.Done;
    }
}
