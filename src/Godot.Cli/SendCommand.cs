using System.CommandLine;
using Godot.Events;

namespace Godot;

/// <summary><c>godot send</c>: one event from options, or many from JSON lines.</summary>
sealed class SendCommand
{
    readonly Terminal terminal;
    readonly Option<ServerAddress> to = ServerOptions.To();
    readonly EventOptions fields = new();
    readonly Option<TimeSpan?> timeout =
        Parsing.DurationOption("--timeout", "How long to try to reach the server, and at the end to write what is left [default: 5s]");
    readonly Option<bool> pack = ServerOptions.Pack();
    readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Say what was sent" };

    SendCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        SendCommand send = new(terminal);
        Command command =
            new("send", "Sends one event, or without any field the JSON lines that are piped in: a line is an event, or an array of "
            + "them.") { send.to };
        send.fields.AddTo(command);
        command.Add(send.timeout);
        command.Add(send.pack);
        command.Add(send.verbose);
        command.SetAction(send.RunAsync);
        return command.WithExamples(
            "godot send --service api/requests --metric 42 --tag rate",
            "godot send --to udp://monitor:9876 --service disk --state critical --meta mount=/var --meta used=0.97",
            "tail -f events.jsonl | godot send --to unix:///run/godot.sock");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Event? one = fields.Read(parsed, TimeProvider.System);
        if (one is null && !terminal.InputIsRedirected)
        {
            await terminal.Error.WriteLineAsync(
                "Give the event at least one field, such as --service, or pipe JSON lines in; --help shows what there is.");
            return GodotTool.NotUnderstood;
        }

        ServerAddress server = parsed.GetRequiredValue(to);
        TimeSpan patience = parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(5);
        if (patience <= TimeSpan.Zero || patience > TimeSpan.FromDays(1))
            throw new UsageException("--timeout must be longer than zero, and a day at most.");
        GodotClient client = server.Connect(new GodotClientOptions
        {
            FlushTimeout = patience,
            PackDatagrams = parsed.GetValue(pack),
            // Nothing else is to be done here than to send, and what is piped in stays as it is.
            WhenFull = WhenFull.Wait,
            Host = null,
            EndWhenRefused = true,
        });
        int bad = 0;
        bool gone = false;
        RefusedException? refusal = null;
        using CancellationTokenSource lost = new();
        await using (client)
        {
            client.ConnectionChanged += (_, change) =>
            {
                if (change.Exception is RefusedException told)
                {
                    refusal = told;
                    lost.Cancel();
                }
                else if (change.State is ConnectionState.Connected) lost.CancelAfter(Timeout.InfiniteTimeSpan);
                else if (change is { State: ConnectionState.Disconnected, Attempt: 0 }) lost.CancelAfter(patience);
            };
            try
            {
                await ConnectAsync(client, server, patience, stop);
                if (one is not null) await SendOneAsync(client, one, stop);
                else bad = await SendLinesAsync(client, stop, lost.Token);
            }
            catch (IOException) when (refusal is not null)
            {
                // The client has ended; why is told below.
            }
            gone = lost.IsCancellationRequested;
        }
        if (refusal is not null) throw new CommandFailedException(
            $"{(one is not null ? "The event was" : client.Dropped > 0 ? $"{Counted(client.Dropped, "event")} that were read, and all "
                + $"behind them, were" : "The events were")} "
            + $"not sent, {server} does not let this machine in: {refusal.Message}");
        if (gone) throw new CommandFailedException(
            $"{server} could not be reached any more: {client.Sent} events were sent; {client.Dropped} that were read, and all behind "
                + $"them, were not.");
        if (client.Dropped > 0)
            throw new CommandFailedException(
                $"{client.Dropped} of {client.Sent + client.Dropped} events were not sent: {server} could not be reached.");
        if (parsed.GetValue(verbose)) await terminal.Output.WriteLineAsync($"Sent {Counted(client.Sent, "event")} to {server}.");
        return bad == 0 ? GodotTool.Done
            : throw new CommandFailedException(
                $"{Counted(bad, "event or line", "events or lines")} could not be read, {client.Sent} were sent.");
    }

    async Task SendOneAsync(GodotClient client, Event e, CancellationToken stop)
    {
        if (TtlDoubt.In(e) is { } doubt) await terminal.Error.WriteLineAsync($"Warning: {doubt}");
        await client.SendAsync(e, stop);
    }

    async Task<int> SendLinesAsync(GodotClient client, CancellationToken stop, CancellationToken lost)
    {
        int bad = 0;
        HashSet<string> doubts = [];
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, lost);
        EventLines lines = new((line, reason) =>
        {
            bad++;
            terminal.Error.WriteLine($"Line {line}: {reason}");
        });
        try
        {
            await foreach (Event e in lines.ReadAsync(terminal.Input, end.Token))
            {
                // Once for each kind, which the sentence begins with: a recording has many of them.
                if (TtlDoubt.In(e) is { } doubt && doubts.Add(doubt.Split(':')[0]))
                    await terminal.Error.WriteLineAsync($"Warning: {doubt}");
                await client.SendAsync(e, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how one ends `tail -f events.jsonl | godot send`; without a server the events that are left are counted.
        }
        return bad;
    }

    static async Task ConnectAsync(GodotClient client, ServerAddress server, TimeSpan timeout, CancellationToken stop)
    {
        (int attempts, string why) = (0, "no answer");
        client.ConnectionChanged += (_, change) =>
        {
            if (change is { State: ConnectionState.Disconnected, Exception: { } e }) (attempts, why) = (change.Attempt, e.Message);
        };
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(timeout);
        try
        {
            await client.StartAsync(late.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CommandFailedException(
                $"{server} could not be reached: {why.TrimEnd('.')} ({Counted(attempts, "attempt")} in {timeout.TotalSeconds:0.###} s).",
                e);
        }
    }

    static string Counted(long number, string one, string? several = null) => number == 1 ? $"1 {one}" : $"{number} {several ?? one + "s"}";
}
