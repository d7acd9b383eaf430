namespace Godot.Bench;

/// <summary>
/// A corpus over TCP in writes of 64 KiB, to us and to the original in turn. Timed by the generator, from the first byte until the server
/// has closed all connections, which it does when it has read to their end; then the server must have counted every event.
/// </summary>
abstract class OverTcp(string reactors, int connections, double target, double floor) : Row
{
    protected abstract string Title { get; }

    protected abstract string Corpus(Files files);

    public sealed override Task MeasureAsync(Bench bench)
    {
        string corpus = Corpus(bench.Files);
        Samples ours = new(), original = new();
        for (int run = 0; run < bench.Runs; run++)
        {
            ours.Add(MeasureOurs(bench, corpus) / 1e6);
            if (!bench.IsSmoke) original.Add(MeasureOriginal(bench, corpus) / 1e6);
        }
        bench.Add(new Figure(Title, "M events/s", ours) { Peer = original, PeerName = "the original", Target = Bound.AtLeast(target),
            Floor = Bound.AtLeast(floor) });
        return Task.CompletedTask;
    }

    double MeasureOurs(Bench bench, string corpus)
    {
        using Server server = new(reactors);
        long warm = bench.Sized(10_000_000, 0), events = bench.Sized(10_000_000, 200_000);
        if (warm > 0) Send(bench, server.Port, corpus, warm);
        Reading sent = Send(bench, server.Port, corpus, events);
        bench.Check($"{Name}: all events that were sent were received", warm + events, server.Received);
        bench.Check($"{Name}: none was dropped", 0, server.Dropped);
        CheckReactors(bench, server, warm + events);
        return events / sent["closed_seconds"];
    }

    /// <summary>So many events were sent, in rounds of the corpus: did the reactors see theirs?</summary>
    protected abstract void CheckReactors(Bench bench, Server server, long events);

    double MeasureOriginal(Bench bench, string corpus)
    {
        using Original original = new(bench.Files, reactors);
        const long Warm = 100_000, Events = 200_000;
        Send(bench, original.Port, corpus, Warm);
        Reading sent = Send(bench, original.Port, corpus, Events);
        // It emits a line twice whose newline comes in a later packet: a few of many thousands.
        double received = original.Received;
        bench.Check($"{Name}: the original counted all events that were sent", received is >= Warm + Events and < 1.001 * (Warm + Events),
            $"expected {Warm + Events}, found {received}");
        return Events / sent["closed_seconds"];
    }

    Reading Send(Bench bench, int port, string corpus, long events)
    {
        Reading sent = Generator.Send(bench.Files, "tcp", port, corpus, events, Generator.Connections(connections));
        bench.Check($"{Name}: the server read all connections to their end", connections, sent["closed"]);
        return sent;
    }
}

/// <summary>The article's two reactors.</summary>
sealed class FleetOverTcp() : OverTcp("article", connections: 2, target: 50, floor: 25)
{
    public override string Name => "fleet";

    protected override string Title => "fleet over TCP, 2 connections, the article's two reactors";

    protected override string Corpus(Files files) => Corpora.Fleet(files);

    // Each connection sends whole rounds of the corpus or, in the smoke, half of one each: together always whole ones.
    protected override void CheckReactors(Bench bench, Server server, long events)
    {
        bench.Check($"{Name}: the heartbeats reached their reactor", events / FleetCorpus.Services.Length * 2, server.Reached("heartbeat"));
        bench.Check($"{Name}: the cpu metrics reached theirs", events / FleetCorpus.Services.Length, server.Reached("cpu"));
    }
}

/// <summary>The event of the original's own performance test, counted.</summary>
sealed class PummelOverTcp() : OverTcp("count", connections: 5, target: 40, floor: 16)
{
    public override string Name => "pummel-tcp";

    protected override string Title => "pummel's event over TCP, 5 connections, counting reactor";

    protected override string Corpus(Files files) => Corpora.Pummel(files);

    protected override void CheckReactors(Bench bench, Server server, long events) =>
        bench.Check($"{Name}: all of them reached the reactor", events, server.Reached("count"));
}
