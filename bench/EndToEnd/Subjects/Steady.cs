using System.Diagnostics;

namespace Godot.Bench;

/// <summary>Hands a corpus to something in this process until that is as fast as it gets, and then measures it.</summary>
/// <param name="feed">Takes whole lines.</param>
/// <param name="events">How many it has taken so far.</param>
/// <param name="emitted">How many came out so far.</param>
sealed class Steady(byte[] corpus, Action<ReadOnlySpan<byte>> feed, Func<long> events, Func<long> emitted)
{
    const double Smoke = 0.1;

    // The compiler compiles anew what is hot, twice, with counts in between, on a thread of its own.
    static readonly TimeSpan ShortestWarmUp = TimeSpan.FromSeconds(3), LongestWarmUp = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Repeats whole passes on one core for so many seconds of processor time; says how many, what came in and out, and what they cost.
    /// </summary>
    public string Measure(double seconds)
    {
        if (seconds > Smoke) WarmUp();
        // Not before: on a core that is busy with cold code, the compiler's thread gets no turn.
        StayOnOneCore();
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

    static void StayOnOneCore()
    {
        if (!OperatingSystem.IsLinux()) return;
        using Process process = Process.GetCurrentProcess();
        process.ProcessorAffinity = 1;
    }

    // Passes, until three in a row have not been faster than the best.
    void WarmUp()
    {
        long began = Stopwatch.GetTimestamp();
        double best = double.MaxValue;
        for (int since = 0; (since < 3 || Stopwatch.GetElapsedTime(began) < ShortestWarmUp)
            && Stopwatch.GetElapsedTime(began) < LongestWarmUp;)
        {
            long pass = Stopwatch.GetTimestamp();
            feed(corpus);
            double took = Stopwatch.GetElapsedTime(pass).TotalSeconds;
            since = took < 0.97 * best ? 0 : since + 1;
            best = Math.Min(best, took);
        }
    }

    static double ProcessorSeconds => Environment.CpuUsage.TotalTime.TotalSeconds;
}
