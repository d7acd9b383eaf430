using System.CommandLine;
using System.Globalization;

namespace Godot;

/// <summary>
/// <c>godot pummel</c>: one process with a server and a reactor, several with a client each that sends as fast as it can. The original's
/// <c>test/perf/pummel.js</c>, and what it prints.
/// </summary>
sealed class PummelCommand
{
    // Runtimes start slowly where there are many at once; this is for one that hangs.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly Terminal terminal;
    readonly Option<int> concurrency = new("--concurrency", "-c")
    {
        Description = "How many processes send",
        HelpName = "COUNT",
        DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount - 1),
        CustomParser = Parsing.By(text => Parsing.Whole(text, 1, 1000)),
    };
    readonly Option<TimeSpan?> duration = Parsing.DurationOption("--duration", "How long events are received [default: 10s]", "-d");
    readonly Option<TimeSpan?> interval =
        Parsing.DurationOption("--interval", "After how long each count is shown [default: --duration]", "-i");
    readonly Option<ServerKind> type = new("--type", "-t")
    {
        Description = "The network protocol [default: tcp]",
        HelpName = "tcp|udp|unix",
        CustomParser = Parsing.By(ServerAddress.ParseKind),
    };
    readonly Option<int> port = new("--port", "-p")
    {
        Description = "The port; 0 takes a free one",
        HelpName = "PORT",
        DefaultValueFactory = _ => 10557,
        CustomParser = Parsing.By(text => Parsing.Whole(text, 0, ushort.MaxValue)),
    };

    readonly Option<bool> pack = ServerOptions.Pack();

    PummelCommand(Terminal terminal) => this.terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        PummelCommand pummel = new(terminal);
        Command command = new("pummel", "Measures how many events a server on this machine receives from processes on this machine.")
        {
            pummel.concurrency,
            pummel.duration,
            pummel.interval,
            pummel.type,
            pummel.port,
            pummel.pack,
        };
        command.SetAction(pummel.RunAsync);
        return command.WithExamples("godot pummel -c 5", "godot pummel -c 2 -d 30s -i 5s --type unix");
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        TimeSpan whole = parsed.GetValue(duration) ?? TimeSpan.FromSeconds(10), sample = parsed.GetValue(interval) ?? whole;
        if (sample <= TimeSpan.Zero || sample > whole)
            throw new UsageException("--interval must be longer than zero, and not longer than --duration.");
        ServerKind kind = parsed.GetValue(type);
        ServerAddress server = kind == ServerKind.Unix
            ? new(kind, Path.Combine(Path.GetTempPath(), $"godot-pummel-{Environment.ProcessId}.sock"))
            : new(kind, "127.0.0.1", parsed.GetValue(port));
        Announce(parsed.GetValue(concurrency), whole, sample, server);

        List<PummelProcess> producers = [];
        try
        {
            await Say("Starting reactor 1");
            using PummelProcess reactor = PummelProcess.Start(PummelReactor.Name, "--at", $"{server}", "--interval", Seconds(sample));
            server = ServerAddress.Parse(await reactor.ExpectAsync(PummelReactor.Listening, Patience, stop));
            for (int i = 1; i <= parsed.GetValue(concurrency); i++)
            {
                await Say($"Starting producer {i}");
                producers.Add(PummelProcess.Start(PummelProducer.Name, parsed.GetValue(pack) ? ["--to", $"{server}", "--pack"]
                    : ["--to", $"{server}"]));
            }
            foreach (PummelProcess producer in producers) await producer.ExpectAsync(PummelProducer.Connected, Patience, stop);

            await Say("\nNow receiving messages...");
            long received = await ShowCountsAsync(reactor, whole, sample, stop);
            if (kind == ServerKind.Udp) await ShowLossAsync(reactor, producers, received, stop);
            return received > 0 ? GodotTool.Done : throw new CommandFailedException("No event was received.");
        }
        finally
        {
            foreach (PummelProcess producer in producers) producer.Dispose();
            // A server that is killed leaves it behind.
            if (kind == ServerKind.Unix) File.Delete(server.Address);
        }
    }

    void Announce(int producers, TimeSpan whole, TimeSpan sample, ServerAddress server) => terminal.Output.WriteLine($"""
        Starting performance test with:
          network protocol  {server.Scheme}
          concurrency:      {producers}
          sampling interval {Seconds(sample)}s
          duration:         {Seconds(whole)}s
          ttl:              0
          {(server.Kind == ServerKind.Unix ? $"path:             {server.Address}" : $"port:             {server.Port}")}

        """);

    async Task<long> ShowCountsAsync(PummelProcess reactor, TimeSpan whole, TimeSpan sample, CancellationToken stop)
    {
        long received = 0;
        for (TimeSpan end = sample; end <= whole; end += sample)
        {
            Count count = Count.Parse(await reactor.ExpectAsync(PummelReactor.Received, sample + Patience, stop));
            received += count.Events;
            await Say(string.Create(CultureInfo.InvariantCulture,
                $"\nReceived:\n  {count.Events} total messages\n  {count.PerSecond:0.0} per second"));
        }
        return received;
    }

    // What was received while the producers ended counts too, so that only what is lost is missing.
    async Task ShowLossAsync(PummelProcess reactor, List<PummelProcess> producers, long received, CancellationToken stop)
    {
        long sent = 0;
        foreach (PummelProcess producer in producers) producer.End();
        foreach (PummelProcess producer in producers)
            sent += long.Parse(await producer.ExpectAsync(PummelProducer.Sent, Patience, stop), CultureInfo.InvariantCulture);
        reactor.End();
        received += await RestAsync(reactor, stop);
        await Say(string.Create(CultureInfo.InvariantCulture,
            $"\nLost of all that was sent, also before and after the measured time:\n"
                + $"  {sent - received} of {sent} messages\n  {100.0 * (sent - received) / sent:0.0} percent"));
    }

    static async Task<long> RestAsync(PummelProcess reactor, CancellationToken stop)
    {
        long rest = 0;
        while (await reactor.ReadAsync(Patience, stop) is { } line)
            if (line.StartsWith(PummelReactor.Received, StringComparison.Ordinal))
                rest += Count.Parse(line[PummelReactor.Received.Length..]).Events;
        return rest;
    }

    Task Say(string text) => terminal.Output.WriteLineAsync(text);

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
