using System.CommandLine;

namespace Godot;

/// <summary><c>godot test</c>: tries a channel with a message that says so, or shows how all of them are.</summary>
sealed class TestCommand
{
    readonly Terminal terminal;
    readonly Argument<string?> channel = new("CHANNEL")
    {
        Description = "Which, such as email:ops@host.com [default: shows all that there are]",
        Arity = ArgumentArity.ZeroOrOne,
    };
    readonly Option<HttpAddress> server = HttpAddress.Option();
    readonly Option<string> by = AlertOptions.By();
    readonly Option<bool> json = Asking.JsonOption();

    TestCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        TestCommand tests = new(terminal);
        Command command =
            new("test", "Sends a message that is marked as a test over a channel of a running server, and says whether it was taken.")
            {
                tests.channel,
                tests.by,
                tests.server,
                tests.json,
            };
        command.SetAction(tests.RunAsync);
        return command.WithExamples("godot test", "godot test email:ops@host.com");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        using AskedServer asked = new(parsed.GetRequiredValue(server));
        bool asJson = parsed.GetValue(json);
        if (parsed.GetValue(channel) is not { } one)
        {
            string all = await asked.AskAsync("channels", stop);
            ApiChannels channels = AlertOptions.Read(all, ApiJson.OfServers.ApiChannels);
            await terminal.ShowEachAsync(asJson, all, "channels", () => Shown.Channels(channels.Channels));
            return GodotTool.Done;
        }
        string answer = await asked.TellAsync(HttpMethod.Post, $"channels/{Uri.EscapeDataString(one)}/test",
            new ApiTest(parsed.GetRequiredValue(by)), ApiJson.Ours.ApiTest, stop);
        ApiTested test = AlertOptions.Read(answer, ApiJson.OfServers.ApiTested);
        await terminal.ShowAsync(asJson, answer,
            () => test.Sent ? [Shown.Line($"{test.Channel} has taken it, in {test.TookSeconds:0.0} s")] : []);
        return test.Sent ? GodotTool.Done
            : throw new CommandFailedException(Shown.Line($"{test.Channel} has not taken it: {test.Failure}"));
    }
}
