namespace Godot.Bench;

/// <summary>
/// A thousand reactors, each for a service of its own, the corpus's twenty among them, against one: events per second of processor time on
/// one core.
/// </summary>
sealed class ThousandReactors : Row
{
    public override string Name => "reactors";

    public override async Task MeasureAsync(Bench bench)
    {
        await CheckEmissionsAsync(bench);
        Samples one = new(), thousand = new();
        for (int run = 0; run < bench.Runs; run++)
        {
            thousand.Add(PerSecond(bench, 1000, emitted: FleetCorpus.Events));
            one.Add(PerSecond(bench, 1, emitted: FleetCorpus.Events / FleetCorpus.Services.Length));
        }
        bench.Add(new Figure("1,000 reactors, each for a service of its own, all events in one of them", "M events/s", thousand)
        {
            Peer = one, PeerName = "1 reactor, a twentieth in it", Target = Bound.AtLeast(0.8),
        });
    }

    static double PerSecond(Bench bench, int reactors, int emitted)
    {
        using Child child = Child.StartPart("inmemory", $"services:{reactors}", Corpora.Fleet(bench.Files), bench.Sized("1.5", "0.05"));
        Reading reading = child.ReadLast();
        bench.Check($"reactors: {reactors} emitted what they should", reading["passes"] * emitted, reading["emitted"]);
        return reading["events"] / reading["cpu"] / 1e6;
    }

    // Which events came out of which reactor, and in which order, against a loop over the lines.
    static async Task CheckEmissionsAsync(Bench bench)
    {
        await using Engine engine = new();
        Dictionary<string, List<Emission>> expected = [];
        List<EmissionLog> logs = [];
        foreach (Reactor reactor in Recipes.ByService(1000))
        {
            EmissionLog log = new(() => 0);
            logs.Add(log);
            engine.Add(reactor.Across(all => all.Then(() => new EmissionStage(log))));
        }
        byte[] corpus = File.ReadAllBytes(Corpora.Fleet(bench.Files));
        new Feeder(engine).Feed(corpus);
        foreach (ReadOnlySpan<byte> line in new Lines(corpus))
        {
            PlainEvent e = PlainEvent.Read(line);
            if (!expected.TryGetValue(e.Service!, out List<Emission>? emissions)) expected[e.Service!] = emissions = [];
            emissions.Add(new Emission(e.Host, e.Service, e.State, e.Description, e.Metric, 0));
        }
        foreach ((string service, EmissionLog log) in FleetCorpus.Services.Zip(logs))
            bench.Check($"reactors: that of {service} emitted its events, in order", expected[service].SequenceEqual(log.Emissions),
                $"expected {expected[service].Count}, found {log.Emissions.Count} or others");
        bench.Check("reactors: those of services that never come emitted nothing", 0,
            logs.Skip(FleetCorpus.Services.Length).Sum(log => log.Emissions.Count));
    }
}
