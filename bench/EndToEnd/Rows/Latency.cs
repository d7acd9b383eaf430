namespace Godot.Bench;

/// <summary>
/// From the moment when an event was due to be sent until a reactor looks at it, at 200,000 events a second over one TCP connection, in
/// writes of a few events each. A sender or a server that falls behind does not stop the clock.
/// </summary>
sealed class Latency : Row
{
    const int PerSecond = 200_000, InOneWrite = 4;

    public override string Name => "latency";

    public override Task MeasureAsync(Bench bench)
    {
        Samples half = new(), most = new(), nearlyAll = new();
        long warm = bench.Sized(600_000, 0), events = bench.Sized(1_000_000, 40_000);
        string corpus = Corpora.Stamped(bench.Files);
        for (int run = 0; run < bench.Runs; run++)
        {
            using Server server = new("latency");
            if (warm > 0) Send(bench, server, corpus, warm);
            bench.Check("latency: the events of the warm-up reached the reactor", warm, server.Latencies()["events"]);
            Send(bench, server, corpus, events);
            Reading latencies = server.Latencies();
            bench.Check("latency: all events reached the reactor", events, latencies["events"]);
            half.Add(latencies["p50"]);
            most.Add(latencies["p99"]);
            nearlyAll.Add(latencies["p999"]);
        }
        bench.Add(new Figure("from send to reactor at 200 k/s over TCP: half within", "µs", half) { Target = Bound.NoMoreThan(50) });
        bench.Add(new Figure("the same, 99 % within", "µs", most) { Target = Bound.NoMoreThan(1000) });
        bench.Add(new Figure("the same, 99.9 % within", "µs", nearlyAll));
        return Task.CompletedTask;
    }

    static void Send(Bench bench, Server server, string corpus, long events) =>
        Generator.Send(bench.Files, "tcp", server.Port, corpus, events, "-s", "-e", $"{InOneWrite}", "-r",
            bench.Sized($"{PerSecond}", "40000"));
}
