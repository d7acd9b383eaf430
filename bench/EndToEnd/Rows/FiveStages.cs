namespace Godot.Bench;

/// <summary>
/// In memory, on one core: parse, where, by, average of 10, over and expire on every event of the fleet, against what it costs others only
/// to parse it. All in events per second of processor time, each in a process of its own, in turn.
/// </summary>
sealed class FiveStages : Row
{
    public override string Name => "five";

    public override async Task MeasureAsync(Bench bench)
    {
        await EmissionCheck.RunAsync(bench);
        Samples ours = new(), wall = new(), names = new(), members = new(), json = new(), allocated = new();
        string corpus = Corpora.Fleet(bench.Files), seconds = bench.Sized("2", "0.05");
        for (int run = 0; run < bench.Runs; run++)
        {
            Reading five = Part(bench, "inmemory", "five", corpus, seconds);
            ours.Add(PerSecond(five));
            wall.Add(five["events"] / five["seconds"] / 1e6);
            allocated.Add(five["allocated"] / five["events"]);
            if (bench.IsSmoke) continue;
            json.Add(PerSecond(Part(bench, "systemtextjson", corpus, seconds)));
            names.Add(PerSecond(Simdjson(bench, "names", corpus)));
            members.Add(PerSecond(Simdjson(bench, "members", corpus)));
        }
        Figure figure = new("in memory, one core: parse + where + by + average of 10 + over + expire", "M events/s", ours);
        bench.Add(figure with { Peer = names, PeerName = "simdjson, fields by name", Target = Bound.AtLeast(2.5),
            Floor = Bound.AtLeast(0.65) });
        bench.Add(figure with { Peer = members, PeerName = "simdjson, members in a loop" });
        bench.Add(figure with { Peer = json, PeerName = "System.Text.Json", Target = Bound.AtLeast(8), Floor = Bound.AtLeast(2.5) });
        bench.Add(new Figure("the same by the clock on the wall", "M events/s", wall));
        bench.Add(new Figure("allocated by it, in steady state", "B an event", allocated) { Target = Bound.NoMoreThan(1) });
    }

    static Reading Part(Bench bench, params string[] args)
    {
        using Child child = Child.StartPart(args);
        Reading reading = child.ReadLast();
        bench.Check($"five: {args[0]} saw whole rounds of the corpus", reading["passes"] * FleetCorpus.Events, reading["events"]);
        return reading;
    }

    static Reading Simdjson(Bench bench, string manner, string corpus)
    {
        const int Passes = 15;
        using Child child = Child.StartOnOneCore(bench.Files.Simdjson, manner, corpus, $"{Passes}");
        Reading reading = child.ReadLast();
        bench.Check($"five: simdjson saw whole rounds of the corpus", Passes * FleetCorpus.Events, reading["events"]);
        return reading;
    }

    static double PerSecond(Reading reading) => reading["events"] / reading["cpu"] / 1e6;
}
