namespace Godot;

/// <summary>Times on the wire: in which unit a number is, and how many 100 ns it says.</summary>
static class WireTime
{
    /// <summary>The time of an event that says none and has not arrived: the year 1, when nothing did.</summary>
    public static readonly long NotArrived = EventRules.ToTicks(DateTimeOffset.MinValue);

    static readonly long Last = EventRules.ToTicks(DateTimeOffset.MaxValue);

    const int TicksPower = 7, MillisecondsPower = TicksPower - 3, MicrosecondsPower = TicksPower - 6, NanosecondsPower = TicksPower - 9;

    /// <summary>100 ns since the unix epoch; false if no calendar has such a day.</summary>
    /// <param name="milliseconds">The number counts milliseconds.</param>
    public static bool TryTime(in JsonNumber number, out long time, out bool milliseconds)
    {
        int power = number.Magnitude switch
        {
            > 1e17 => NanosecondsPower,
            > 1e14 => MicrosecondsPower,
            > EventRules.LastSecond => MillisecondsPower,
            _ => TicksPower,
        };
        milliseconds = power == MillisecondsPower;
        bool fits = number.TryScale(power, out long ticks);
        time = ticks;
        return fits && ticks >= NotArrived && ticks <= Last;
    }

    /// <summary>100 ns; false if it is negative. The original's clients send milliseconds, which a time in milliseconds gives away.</summary>
    public static bool TryTtl(in JsonNumber number, bool milliseconds, out long ttl)
    {
        number.TryScale(TicksPower, out long ticks);
        if (milliseconds && ticks >= 1000 * TimeSpan.TicksPerSecond) number.TryScale(MillisecondsPower, out ticks);
        ttl = Math.Min(ticks, EventRules.LongestTtl.Ticks);
        return !number.IsNegative;
    }
}
