using System.Text;

namespace Godot.Events;

/// <summary>What a field of an event may hold: the same for events that come, are made, or are changed.</summary>
static class EventRules
{
    /// <summary>The longest state, in bytes of UTF-8: the article says "less than 255".</summary>
    public const int LongestState = 254;

    /// <summary>The last second that is not taken for a millisecond: 1e11, in the year 5138.</summary>
    public const long LastSecond = 100_000_000_000;

    /// <summary>7,311 years: what a longer ttl is taken for, so that adding it to a time never overflows.</summary>
    public static readonly TimeSpan LongestTtl = new(long.MaxValue / 4);

    /// <summary>How services begin that are the monitor's own: nobody outside says them.</summary>
    public static ReadOnlySpan<byte> Reserved => "godot/"u8;

    public static bool IsReserved(string? service) => service is not null && service.StartsWith("godot/", StringComparison.Ordinal);

    public static string? CheckState(string? state) =>
        state is null || state.Length <= LongestState / 3 || Encoding.UTF8.GetByteCount(state) <= LongestState
            ? state
            : throw new ArgumentException("A state must be shorter than 255 bytes of UTF-8.", nameof(state));

    public static double? CheckMetric(double? metric) =>
        metric is null || double.IsFinite(metric.Value)
            ? metric
            : throw new ArgumentException($"A metric must be a finite number or null, not {metric}.", nameof(metric));

    public static TimeSpan? CheckTtl(TimeSpan? ttl) =>
        ttl is null || ttl >= TimeSpan.Zero
            ? (ttl > LongestTtl ? LongestTtl : ttl)
            : throw new ArgumentOutOfRangeException(nameof(ttl), ttl, "A ttl must not be negative.");

    public static long CheckTime(DateTimeOffset time)
    {
        long ticks = ToTicks(time);
        return ticks <= LastSecond * TimeSpan.TicksPerSecond
            ? ticks
            : throw new ArgumentOutOfRangeException(nameof(time), time,
                "An event's time must be before the year 5138: on the wire, later seconds read as milliseconds.");
    }

    public static long ToTicks(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static DateTimeOffset ToTime(long ticks) => new(ticks + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
