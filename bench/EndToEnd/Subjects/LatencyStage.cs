using System.Diagnostics;

namespace Godot.Bench;

/// <summary>
/// How old events are when they reach a reactor. Their metric is 10^15 + the sender's monotonic clock in 100 ns, which is the clock of this
/// process, too.
/// </summary>
sealed class LatencyStage(LatencyLog log) : Stage<Tally.Nothing>
{
    protected override void On(EventView e, ref Tally.Nothing state) =>
        log.Add(Stopwatch.GetTimestamp() / 100 - (long)(e.Metric!.Value - 1e15));
}

/// <summary>Latencies in steps of a microsecond, up to a second and beyond.</summary>
sealed class LatencyLog
{
    readonly long[] counts = new long[1_000_001];
    long count;

    public long Count => Volatile.Read(ref count);

    /// <param name="latency">In 100 ns.</param>
    public void Add(long latency)
    {
        Interlocked.Increment(ref counts[Math.Clamp(latency / 10, 0, counts.Length - 1)]);
        Interlocked.Increment(ref count);
    }

    /// <summary>Microseconds below which so much of all latencies were since the last call.</summary>
    public string Take()
    {
        long[] taken = [.. counts.Select((_, i) => Interlocked.Exchange(ref counts[i], 0))];
        long all = taken.Sum();
        return Reading.Line(("events", all), ("p50", Quantile(0.5)), ("p99", Quantile(0.99)), ("p999", Quantile(0.999)),
            ("max", Quantile(1)));

        double Quantile(double q)
        {
            long below = (long)Math.Ceiling(q * all), seen = 0;
            int at = 0;
            while (at < taken.Length - 1 && (seen += taken[at]) < below) at++;
            return at + 1;
        }
    }
}
