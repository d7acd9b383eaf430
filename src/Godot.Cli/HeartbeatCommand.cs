using System.CommandLine;
using Godot.Common;
using Godot.Events;

namespace Godot;

/// <summary><c>godot heartbeat</c>: the same event again and again, so that its absence can be noticed.</summary>
sealed class HeartbeatCommand
{
    readonly Terminal terminal;
    readonly Option<ServerAddress> to = ServerOptions.To();
    readonly Option<string> service =
        new("--service") { Description = "Whose heart beats: app/health/heartbeat", HelpName = "NAME", Required = true };
    readonly Option<string?> host =
        new("--host") { Description = "The machine or process that it is about [default: this machine's name]", HelpName = "NAME" };
    readonly Option<TimeSpan?> every = Parsing.DurationOption("--every", "The time from one beat to the next [default: 15s]");
    readonly Option<TimeSpan?> ttl = Parsing.DurationOption("--ttl", "How long a beat is valid [default: four times --every]");

    HeartbeatCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        HeartbeatCommand heartbeat = new(terminal);
        Command command =
            new("heartbeat", "Sends heartbeats until Ctrl-C. Says when it is connected and when no more; connects again by itself.")
        {
            heartbeat.to,
            heartbeat.service,
            heartbeat.host,
            heartbeat.every,
            heartbeat.ttl,
        };
        command.SetAction(heartbeat.RunAsync);
        return command.WithExamples(
            "godot heartbeat --service app/health/heartbeat",
            "godot heartbeat --to tcp://monitor:9876 --service db/health/heartbeat --host db1 --every 5s --ttl 30s");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        ServerAddress server = parsed.GetRequiredValue(to);
        GodotClient client = server.Connect();
        // Whoever does not read what it says must not stop the heart.
        BackgroundWriter output = BackgroundWriter.Of(terminal.Output), error = BackgroundWriter.Of(terminal.Error);
        client.ConnectionChanged += new ConnectionTalk(server.ToString(), output, error).Say;
        client.Produce(Heart(parsed));
        await using (client)
        {
            try
            {
                // Not RunAsync: its handler of signals and the command line's would undo each other, and the process died by the signal.
                await client.StartAsync(stop);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
        }
        await Task.WhenAll(output.FlushAsync(), error.FlushAsync());
        return GodotTool.Done;
    }

    Producer Heart(ParseResult parsed)
    {
        try
        {
            TimeSpan interval = parsed.GetValue(every) ?? TimeSpan.FromSeconds(15);
            if (parsed.GetValue(ttl) == TimeSpan.Zero) terminal.Error.WriteLine($"Warning: {TtlDoubt.Zero}");
            return new Producer
            {
                Service = parsed.GetValue(service),
                Host = parsed.GetValue(host) ?? Environment.MachineName,
                Every = interval,
                Ttl = parsed.GetValue(ttl) ?? interval * 4,
            };
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new UsageException("--every must be between 1 ms and 49 days.", e);
        }
    }
}
