using System.Net;

namespace Godot.Bench;

/// <summary>
/// A server such as a user writes, with a row's reactors, until its input ends. Its figures are those that <c>/metrics</c> tells everybody.
/// </summary>
static class Serve
{
    static readonly double Alpha = 1 - Math.Exp(-5.0 / 60);

    /// <summary><c>serve REACTORS tcp|udp</c></summary>
    public static async Task<int> RunAsync(string[] args)
    {
        LatencyLog latencies = new();
        GodotServer server = args[1] == "udp" ? GodotServer.Udp(0, "127.0.0.1") : GodotServer.Tcp(0, "127.0.0.1");
        await using (server)
        {
            AddReactors(server.Http("127.0.0.1:0"), args[0], latencies);
            await server.StartAsync();
            Console.WriteLine(Reading.Line(("port", ((IPEndPoint)server.Inputs[0].EndPoint!).Port), ("http", server.HttpEndPoint!.Port)));
            while (await Console.In.ReadLineAsync() is not null) Console.WriteLine(latencies.Take());
        }
        return 0;
    }

    static void AddReactors(GodotServer server, string name, LatencyLog latencies) => _ = name switch
    {
        "article" => server
            .React("heartbeat", Reactor.Where("service", "*/health/heartbeat").Expire(TimeSpan.FromSeconds(60)))
            .React("cpu", Reactor.Where("service", "cpu").Ewma(Alpha).Over(50)),
        "count" => server.React("count", Reactor.Where("service", "bench/performance").Count(TimeSpan.FromSeconds(1))),
        "cpu" => server.React("cpu", Reactor.Where("service", "cpu").Over(50)),
        "latency" => server.React("latency", Reactor.Where("service", "*").Then(() => new LatencyStage(latencies))),
        _ => throw new ArgumentException($"There are no reactors \"{name}\"."),
    };
}
