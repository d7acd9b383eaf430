using System.CommandLine;

namespace Godot;

/// <summary><c>godot ack</c>: somebody takes incidents on.</summary>
sealed class AcknowledgeCommand
{
    readonly Terminal terminal;
    readonly Argument<string> which = AlertOptions.Which();
    readonly Option<HttpAddress> server = HttpAddress.Option();
    readonly Option<string> by = AlertOptions.By();
    readonly Option<string?> note = new("--note") { Description = "What you say to it", HelpName = "TEXT" };
    readonly Option<TimeSpan?> time = AlertOptions.For("For how long [default: until it is over or gets worse]");
    readonly Option<DateTimeOffset?> until = AlertOptions.Until("Until when, instead");
    readonly Option<bool> json = Asking.JsonOption();

    AcknowledgeCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        AcknowledgeCommand acknowledges = new(terminal);
        Command command = new("ack", "Takes incidents on: nobody is told of them again, nor the next, until that ends or they get worse.")
        {
            acknowledges.which,
            acknowledges.by,
            acknowledges.note,
            acknowledges.time,
            acknowledges.until,
            acknowledges.server,
            acknowledges.json,
        };
        command.SetAction(acknowledges.RunAsync);
        return command.WithExamples(
            "godot ack cpu",
            "godot ack 0f343b0931126a20f133d67c2b018a3b --for 2h --note 'the disk is on its way'");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using AskedServer asked = new(parsed.GetRequiredValue(server));
        ApiAcknowledge said = new(parsed.GetRequiredValue(by), parsed.GetValue(note), parsed.GetValue(until),
            parsed.GetValue(time)?.TotalSeconds);
        string answer = await asked.TellAsync(HttpMethod.Post,
            $"incidents/{Uri.EscapeDataString(parsed.GetRequiredValue(which))}/acknowledge", said, ApiJson.Ours.ApiAcknowledge, stop);
        ApiDone done = AlertOptions.Read(answer, ApiJson.OfServers.ApiDone);
        await terminal.ShowEachAsync(parsed.GetValue(json), answer, "incidents", () => Shown.Incidents(done.Incidents));
        return GodotTool.Done;
    }
}
