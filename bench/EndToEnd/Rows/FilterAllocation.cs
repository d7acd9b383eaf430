namespace Godot.Bench;

/// <summary>
/// What the collector has to do for an event that meets nothing but filters. What all five stages cost it stands in the row about those.
/// </summary>
sealed class FilterAllocation : Row
{
    public override string Name => "allocation";

    // The unit tests hold it for each stage.
    public override bool InSmoke => false;

    public override Task MeasureAsync(Bench bench)
    {
        Samples allocated = new();
        for (int run = 0; run < bench.Runs; run++)
        {
            using Child child = Child.StartPart("inmemory", "filter", Corpora.Fleet(bench.Files), "1");
            Reading reading = child.ReadLast();
            bench.Check("allocation: whole rounds of the corpus were seen", reading["passes"] * FleetCorpus.Events, reading["events"]);
            bench.Check("allocation: some events passed the filters, and not all", reading["emitted"] > 0
                && reading["emitted"] < reading["events"] / FleetCorpus.Services.Length, $"{reading["emitted"]} did");
            // Some hundred bytes of all are of measuring.
            allocated.Add(Math.Round(reading["allocated"] / reading["events"], 3));
        }
        bench.Add(new Figure("allocated by filters only, in steady state", "B an event", allocated) { Target = Bound.NoMoreThan(0) });
        return Task.CompletedTask;
    }
}
