using System.CommandLine;

namespace Godot;

/// <summary>
/// The hidden command of a process that sends as fast as it can: each event a new one, as any program would make it. It lives until its
/// input ends.
/// </summary>
static class PummelProducer
{
    public const string Name = "pummel-producer";

    /// <summary>What its lines begin with.</summary>
    public const string Connected = "connected", Sent = "sent ";

    public static Command Create(Terminal terminal)
    {
        Option<ServerAddress> to = ServerOptions.To();
        Option<bool> pack = ServerOptions.Pack();
        Command command = new(Name) { to, pack };
        command.Hidden = true;
        command.SetAction((parsed, stop) =>
            RunAsync(terminal, parsed.GetRequiredValue(to),
                new GodotClientOptions { PackDatagrams = parsed.GetValue(pack), WhenFull = WhenFull.Wait }, stop));
        return command;
    }

    static async Task<int> RunAsync(Terminal terminal, ServerAddress server, GodotClientOptions options, CancellationToken stop)
    {
        GodotClient client = server.Connect(options);
        await using (client)
        {
            await client.StartAsync(stop);
            await terminal.Output.WriteLineAsync(Connected);
            Task end = terminal.EndOfInputAsync(stop);
            while (!end.IsCompleted) await client.SendAsync(NewEvent(TimeProvider.System), stop);
        }
        await terminal.Output.WriteLineAsync($"{Sent}{client.Sent}");
        return GodotTool.Done;
    }

    static Event NewEvent(TimeProvider clock) => new()
    {
        Host = "127.0.0.1",
        Service = "bench/performance",
        State = "test",
        Time = clock.GetUtcNow(),
        Description = "Waiting to performance test Godot",
        Tags = ["test", "perf"],
        Metric = 1,
    };
}
