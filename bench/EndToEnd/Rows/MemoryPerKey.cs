namespace Godot.Bench;

/// <summary>
/// What by + average of 10 + expire keep for each of a million keys, and how late a million verdicts come that are due within one second.
/// </summary>
sealed class MemoryPerKey : Row
{
    public override string Name => "keys";

    public override Task MeasureAsync(Bench bench)
    {
        Samples heap = new(), resident = new(), typical = new(), latest = new();
        int count = bench.Sized(1_000_000, 20_000);
        double line = 0;
        for (int run = 0; run < bench.Runs; run++)
        {
            using Child child = Child.StartPart("keys", $"{count}");
            Reading memory = new(child.ReadLine()), lateness = new(child.ReadLine());
            bench.Check("keys: the last event came before the first was to expire", 0, memory["late"]);
            bench.Check("keys: all of them expired, each once", count, lateness["events"]);
            line = memory["line"];
            heap.Add(memory["heap"] - line);
            resident.Add(memory["resident"] - line);
            typical.Add(lateness["p50"] / 1000);
            latest.Add(lateness["max"] / 1000);
        }
        string beyond = $"of a million for by + average of 10 + expire, beyond the {line:0} bytes of its last event";
        bench.Add(new Figure($"heap, a key {beyond}", "B", heap) { Target = Bound.NoMoreThan(256) });
        bench.Add(new Figure("resident memory, the same", "B", resident));
        bench.Add(new Figure("a million expiries due within one second: lateness of the last to be seen", "ms",
            latest) { Target = Bound.NoMoreThan(100) });
        bench.Add(new Figure("lateness in the middle, the same", "ms", typical));
        return Task.CompletedTask;
    }
}
