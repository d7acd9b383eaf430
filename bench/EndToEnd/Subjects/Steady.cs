using System.Diagnostics;

namespace Godot.Bench;

/// <summary>Hands a corpus to something in this process until that is as fast as it gets, and then measures it.</summary>
/// <param name="feed">Takes whole lines.</param>
/// <param name="events">How many it has taken so far.</param>
/// <param name="emitted">How many came out so far.</param>
sealed class Steady(byte[] corpus, Action<ReadOnlySpan<byte>> feed, Func<long> events, Func<long> emitted)
{
    const int Slice = 2_000_000, WarmUpSlices = 12, WarmUpPasses = 30;
    const double Smoke = 0.1;

    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(120);

    /// <summary>Repeats whole passes for so many seconds of processor time; says how many, what came in and out, and what they cost.</summary>
    public string Measure(double seconds)
    {
        if (seconds > Smoke) WarmUp();
        GC.Collect();
        (long before, long emittedBefore, long allocated) = (events(), emitted(), GC.GetTotalAllocatedBytes(precise: true));
        (double used, long wall) = (ProcessorSeconds, Stopwatch.GetTimestamp());
        int passes = 0;
        do
        {
            feed(corpus);
            passes++;
        }
        while (ProcessorSeconds - used < seconds);
        (used, double elapsed) = (ProcessorSeconds - used, Stopwatch.GetElapsedTime(wall).TotalSeconds);
        return Reading.Line(
            ("passes", passes), ("events", events() - before), ("emitted", emitted() - emittedBefore), ("seconds", elapsed), ("cpu", used),
            ("allocated", GC.GetTotalAllocatedBytes(precise: true) - allocated));
    }

    // The compiler compiles anew what is hot when the program has been calm for a tenth of a second, on a thread that wants the core for itself: without
    // the rests that comes seconds later. Then passes, until three in a row have not been faster than the best.
    void WarmUp()
    {
        int at = 0;
        for (int i = 0; i < WarmUpSlices && at < corpus.Length; i++)
        {
            int end = Math.Min(corpus.Length, at + Slice);
            end += corpus.AsSpan(end).IndexOf((byte)'\n') + 1;
            feed(corpus.AsSpan(at, end - at));
            at = end;
            Thread.Sleep(Rest);
        }
        double best = double.MaxValue;
        for (int since = 0, pass = 0; since < 3 && pass < WarmUpPasses; pass++)
        {
            double began = ProcessorSeconds;
            feed(corpus);
            double took = ProcessorSeconds - began;
            since = took < 0.97 * best ? 0 : since + 1;
            best = Math.Min(best, took);
        }
    }

    static double ProcessorSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;
}
