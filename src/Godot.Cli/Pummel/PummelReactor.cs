using System.CommandLine;
using System.Net;

namespace Godot;

/// <summary>
/// The hidden command of the process that receives. It lives until its input ends, so it never outlives the one that started it.
/// </summary>
static class PummelReactor
{
    public const string Name = "pummel-reactor";

    /// <summary>What its lines begin with.</summary>
    public const string Listening = "listening ", Received = "received ";

    public static Command Create(Terminal terminal)
    {
        Option<ServerAddress> at = new("--at") { CustomParser = Parsing.By(ServerAddress.ParseAnyPort) };
        Option<TimeSpan?> interval = Parsing.DurationOption("--interval", "");
        Command command = new(Name) { at, interval };
        command.Hidden = true;
        command.SetAction((parsed, stop) =>
            RunAsync(terminal, parsed.GetRequiredValue(at), parsed.GetRequiredValue(interval)!.Value, stop));
        return command;
    }

    static async Task<int> RunAsync(Terminal terminal, ServerAddress at, TimeSpan interval, CancellationToken stop)
    {
        GodotServer server = Server(at).React(Reactor.Where("service", "bench/performance")
            .Then(() => new CountingStage(interval, count => terminal.Output.WriteLine($"{Received}{count}"))));
        await using (server)
        {
            try
            {
                await server.StartAsync(stop);
            }
            catch (InputException e)
            {
                throw new CommandFailedException(e.Message, e);
            }
            ServerAddress bound = server.Inputs[0].EndPoint is IPEndPoint { Port: var port } ? at with { Port = port } : at;
            await terminal.Output.WriteLineAsync($"{Listening}{bound}");
            await terminal.EndOfInputAsync(stop);
        }
        return GodotTool.Done;
    }

    static GodotServer Server(ServerAddress at) => at.Kind switch
    {
        ServerKind.Tcp => GodotServer.Tcp(at.Port, at.Address),
        ServerKind.Udp => GodotServer.Udp(at.Port, at.Address),
        _ => GodotServer.Unix(at.Address),
    };
}
