using System.CommandLine;

namespace Godot;

/// <summary><c>godot resolve</c>: somebody ends incidents by hand.</summary>
sealed class ResolveCommand
{
    readonly Terminal terminal;
    readonly Argument<string> which = AlertOptions.Which();
    readonly Option<HttpAddress> server = HttpAddress.Option();
    readonly Option<string> by = AlertOptions.By();
    readonly Option<bool> json = Asking.JsonOption();

    ResolveCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        ResolveCommand resolves = new(terminal);
        Command command =
            new("resolve", "Ends incidents by hand; who was told hears that. What is still bad opens anew once it has held long enough.")
        {
            resolves.which,
            resolves.by,
            resolves.server,
            resolves.json,
        };
        command.SetAction(resolves.RunAsync);
        return command.WithExamples("godot resolve 0f343b0931126a20f133d67c2b018a3b", "godot resolve cpu --by ann");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using AskedServer asked = new(parsed.GetRequiredValue(server));
        string answer = await asked.TellAsync(HttpMethod.Post, $"incidents/{Uri.EscapeDataString(parsed.GetRequiredValue(which))}/resolve",
            new ApiResolve(parsed.GetRequiredValue(by)), ApiJson.Ours.ApiResolve, stop);
        ApiDone done = AlertOptions.Read(answer, ApiJson.OfServers.ApiDone);
        // It is sent twice only where the first answer was lost: then it is done, and the incidents are gone.
        await terminal.ShowEachAsync(parsed.GetValue(json), answer, "incidents", () => done.Repeated ? ["resolved"]
            : done.Incidents.Select(one => Shown.Line($"resolved: {one.Severity} {one.Name}")));
        return GodotTool.Done;
    }
}
