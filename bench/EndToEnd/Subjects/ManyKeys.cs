using System.Diagnostics;
using System.Globalization;
using System.Text.Unicode;

namespace Godot.Bench;

/// <summary>
/// What a key costs in memory: so many series, each with a full window of ten and a watch for its silence. Then all fall silent, so that
/// their deadlines lie evenly within one second, and it is seen how late each verdict comes. The clock is the real one.
/// </summary>
sealed class ManyKeys : IAsyncDisposable
{
    // So few events at once that the time of arrival is that of the moment when their ttl was written.
    const int Batch = 64;
    const int WindowSize = 10;

    // Seconds that are waited for the last verdict.
    const int Patience = 15;

    readonly int count;
    readonly Engine engine;
    readonly Feeder feeder;
    readonly LatencyLog lateness = new();
    readonly byte[] lines = new byte[Batch * 256];
    long firstDeadline;

    ManyKeys(int count)
    {
        this.count = count;
        engine = new Engine(new EngineOptions { MaxSeries = count, MaxKeys = count });
        engine.Add(Reactor.By(["host", "service"], each => each.MovingAverage(WindowSize).Expire()).Then(() => new VerdictStage(this)));
        feeder = new Feeder(engine);
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    /// <summary>
    /// <c>keys COUNT</c>; says bytes of heap and of resident memory a key, how long the event is that each keeps, and how late verdicts
    /// were, in microseconds.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using ManyKeys keys = new(int.Parse(args[0], CultureInfo.InvariantCulture));
        (long heap, long resident) = Memory();
        TimeSpan round = default;
        int line = 0;
        for (int i = 0; i < WindowSize; i++)
        {
            long began = Stopwatch.GetTimestamp();
            line = keys.Feed(_ => 3600);
            round = Stopwatch.GetElapsedTime(began);
        }
        (long fullHeap, long fullResident) = Memory();

        // Four times the time of a round, so that the last event has come before the first deadline.
        keys.firstDeadline = Stopwatch.GetTimestamp() + (long)((4 * round.TotalSeconds + 1) * Stopwatch.Frequency);
        keys.Feed(key => (keys.DeadlineOf(key) - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
        double left = (keys.DeadlineOf(keys.count) - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency;
        await Task.Delay(TimeSpan.FromSeconds(Math.Max(0, left)));
        for (int i = 0; i < Patience && keys.lateness.Count < keys.count; i++) await Task.Delay(TimeSpan.FromSeconds(1));
        Console.WriteLine(Reading.Line(("heap", (fullHeap - heap) / (double)keys.count),
            ("resident", (fullResident - resident) / (double)keys.count), ("line", line), ("late", left < 1 ? 1 : 0)));
        Console.WriteLine(keys.lateness.Take());
        return 0;
    }

    /// <summary>An event of each key, with a ttl in seconds; returns how long one is.</summary>
    int Feed(Func<int, double> ttl)
    {
        int used = 0, length = 0;
        for (int key = 0; key < count; key++)
        {
            length = Write(lines.AsSpan(used), key, ttl(key));
            used += length;
            if (key % Batch != Batch - 1 && key != count - 1) continue;
            feeder.Feed(lines.AsSpan(0, used));
            used = 0;
        }
        return length - 1;
    }

    // The metric is the key's number, and so is the mean of ten of them: the verdict says whose it is.
    public static int Write(Span<byte> line, int key, double ttl)
    {
        Utf8.TryWrite(line, CultureInfo.InvariantCulture,
            $$"""{"host":"app{{key:0000000}}.eu-west.example.com","service":"app/health/heartbeat","state":"ok","time":{{FleetCorpus.Start}},"description":"within limits","metric":{{key}},"ttl":{{ttl:0.0000000}}}{{'\n'}}""",
            out int length);
        return length;
    }

    long DeadlineOf(int key) => firstDeadline + key * Stopwatch.Frequency / count;

    static (long Heap, long Resident) Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    }

    sealed class VerdictStage(ManyKeys keys) : Stage<Tally.Nothing>
    {
        protected override void On(EventView e, ref Tally.Nothing state) =>
            keys.lateness.Add((Stopwatch.GetTimestamp() - keys.DeadlineOf((int)Math.Round(e.Metric!.Value))) / 100);
    }
}
