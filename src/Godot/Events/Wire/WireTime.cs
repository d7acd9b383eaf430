using System.Runtime.CompilerServices;

namespace Godot.Events;

/// <summary>Times on the wire: in which unit a number is, and how many 100 ns it says.</summary>
static class WireTime
{
    /// <summary>The time of an event that says none and has not arrived: the year 1, when nothing did.</summary>
    public static readonly long NotArrived = EventRules.ToTicks(DateTimeOffset.MinValue);

    /// <summary>The last time that a calendar has.</summary>
    public static readonly long Last = EventRules.ToTicks(DateTimeOffset.MaxValue);

    const int TicksPower = 7, MillisecondsPower = TicksPower - 3, MicrosecondsPower = TicksPower - 6, NanosecondsPower = TicksPower - 9;

    /// <summary>100 ns since the unix epoch; false if no calendar has such a day.</summary>
    /// <param name="milliseconds">The number counts milliseconds.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTime(in JsonNumber number, out long time, out bool milliseconds)
    {
        int power = number.Magnitude switch
        {
            <= EventRules.LastSecond => TicksPower,
            <= 1e14 => MillisecondsPower,
            <= 1e17 => MicrosecondsPower,
            _ => NanosecondsPower,
        };
        milliseconds = power == MillisecondsPower;
        return number.TryScale(power, out time) && time >= NotArrived && time <= Last;
    }

    /// <summary>
    /// 100 ns, at most <see cref="EventRules.LongestTtl"/>. The original's clients send milliseconds, which a time in milliseconds gives
    /// away.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Ttl(in JsonNumber number, bool milliseconds)
    {
        number.TryScale(TicksPower, out long ttl);
        if (milliseconds && ttl >= 1000 * TimeSpan.TicksPerSecond) number.TryScale(MillisecondsPower, out ttl);
        return Math.Min(ttl, EventRules.LongestTtl.Ticks);
    }
}
