namespace Godot.Bench;

/// <summary>What saving the state of a million series costs those who feed, how large it is, and how long loading it takes.</summary>
sealed class SnapshotCost : Row
{
    public override string Name => "snapshots";

    public override Task MeasureAsync(Bench bench)
    {
        Samples seconds = new(), bytes = new(), longest = new(), calm = new(), meanwhile = new(), beside = new(), load = new();
        int count = bench.Sized(1_000_000, 20_000);
        for (int run = 0; run < Math.Min(bench.Runs, 3); run++)
        {
            using Child child = Child.StartPart("snapshots", $"{count}");
            Reading reading = child.ReadLast();
            bench.Check("snapshots: all series are there again", count, reading["series"]);
            seconds.Add(reading["seconds"]);
            bytes.Add(reading["bytes"]);
            longest.Add(reading["longest"]);
            calm.Add(reading["calm"]);
            meanwhile.Add(reading["while"]);
            beside.Add(reading["beside"]);
            load.Add(reading["load"]);
        }
        const string What = "a million series with average of 10 and expire";
        bench.Add(new Figure($"saving {What}, beside a feeder at full speed", "s", seconds));
        bench.Add(new Figure("the longest that a block of 64 events took meanwhile", "ms", longest) { Target = Bound.NoMoreThan(5) });
        bench.Add(new Figure("the same without", "ms", calm));
        bench.Add(new Figure("the feeder's speed meanwhile, by that without", "", meanwhile));
        bench.Add(new Figure("the same, saved a twentieth of the time", "", beside) { Target = Bound.AtLeast(0.95) });
        bench.Add(new Figure("what is saved, a series", "B", bytes));
        bench.Add(new Figure("loading it in the process that saved it", "s", load) { Target = Bound.NoMoreThan(4) });
        return Task.CompletedTask;
    }
}
