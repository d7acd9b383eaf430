using System.Diagnostics;
using System.Globalization;

namespace Godot.Bench;

/// <summary>
/// What snapshots cost those who feed: so many series, each with a full window of ten and a watch for its silence, fed by one thread at
/// full speed, while another saves all of it as often as a server with this many processors would. Then it is loaded, in this process and
/// thus with the same seed, which is the worst case for hash tables.
/// </summary>
static class Snapshots
{
    /// <summary>The part of the time that may go into snapshots: a server saves no more often.</summary>
    const double Share = 1 / 20.0;

    const int Saves = 3;
    const double Calm = 5;

    /// <summary><c>snapshots COUNT</c></summary>
    public static int Run(string[] args)
    {
        int count = int.Parse(args[0], CultureInfo.InvariantCulture);
        // Large enough at once: growing is no part of it.
        using MemoryStream saved = new(count * 400);
        Engine engine = NewEngine(count);
        Feeder feeder = new(engine);
        Blocks blocks = new(count);
        for (int i = 0; i < 10 * blocks.Count; i++) feeder.Feed(blocks.Next());

        Pace pace = new(feeder, blocks);
        Thread feeding = new(pace.Run);
        feeding.Start();
        pace.Wait(Calm);
        (double calmly, double calmlyLongest) = pace.Measure(() => pace.Wait(Calm));
        // Code that runs for the first time is compiled first.
        engine.Save(saved);
        List<double> busily = [], seconds = [], longest = [];
        for (int i = 0; i < Saves; i++)
        {
            TimeSpan took = default;
            (double rate, double gap) = pace.Measure(() =>
            {
                saved.SetLength(0);
                long began = Stopwatch.GetTimestamp();
                engine.Save(saved);
                took = Stopwatch.GetElapsedTime(began);
            });
            busily.Add(rate);
            longest.Add(gap);
            seconds.Add(took.TotalSeconds);
        }
        pace.Stop();
        feeding.Join();

        GC.Collect();
        saved.Position = 0;
        Engine other = NewEngine(count);
        long start = Stopwatch.GetTimestamp();
        other.Load(saved);
        double load = Stopwatch.GetElapsedTime(start).TotalSeconds;
        // While it saves, a part of the speed is gone; so it is for no more than its share of the time.
        double beside = 1 - Share * (1 - busily.Average() / calmly);
        Console.WriteLine(Reading.Line(("seconds", seconds.Average()), ("bytes", saved.Length / (double)count),
            ("longest", longest.Max()), ("calm", calmlyLongest),
            ("while", busily.Average() / calmly), ("beside", beside), ("load", load), ("series", other.SeriesCount)));
        return 0;
    }

    static Engine NewEngine(int count)
    {
        Engine engine = new(new EngineOptions { MaxSeries = count, MaxKeys = count });
        engine.Add(Reactor.By(["host", "service"], each => each.MovingAverage(10).Expire(TimeSpan.FromHours(1))).Where("state", "expired"),
            "all");
        return engine;
    }

    /// <summary>Lines of all series in turn, a block at a time.</summary>
    sealed class Blocks(int count)
    {
        const int Batch = 64;

        readonly byte[] lines = new byte[Batch * 256];
        int next;

        public int Count => (count + Batch - 1) / Batch;

        public ReadOnlySpan<byte> Next()
        {
            int used = 0;
            for (int i = 0; i < Batch; i++)
            {
                used += ManyKeys.Write(lines.AsSpan(used), next, 3600);
                next = (next + 1) % count;
            }
            return lines.AsSpan(0, used);
        }
    }

    /// <summary>Feeds without a pause, and looks how fast, and how long one block took at most.</summary>
    sealed class Pace(Feeder feeder, Blocks blocks)
    {
        volatile bool stop;
        long longest;

        public void Run()
        {
            while (!stop)
            {
                ReadOnlySpan<byte> block = blocks.Next();
                long began = Stopwatch.GetTimestamp();
                feeder.Feed(block);
                long took = Stopwatch.GetTimestamp() - began;
                if (took > Volatile.Read(ref longest)) Volatile.Write(ref longest, took);
            }
        }

        public void Stop() => stop = true;

        public void Wait(double seconds) => Thread.Sleep(TimeSpan.FromSeconds(seconds));

        /// <summary>Events per second meanwhile, and the longest that a block took, in milliseconds.</summary>
        public (double Rate, double Longest) Measure(Action act)
        {
            (long events, long began) = (feeder.Events, Stopwatch.GetTimestamp());
            Volatile.Write(ref longest, 0);
            act();
            return ((feeder.Events - events) / Stopwatch.GetElapsedTime(began).TotalSeconds,
                Volatile.Read(ref longest) * 1000.0 / Stopwatch.Frequency);
        }
    }
}
