namespace Godot.Alerting;

/// <summary>
/// What time it is for the desk, standing still during a turn. Durations are of the monotonic clock; the ends of silences and windows are
/// of the calendar, which may be set.
/// </summary>
sealed class DeskClock(TimeProvider provider)
{
    // A moment of the calendar is looked for at least so often: the calendar may be set on.
    static readonly TimeSpan CalendarPulse = TimeSpan.FromMinutes(1);

    readonly long start = provider.GetTimestamp();

    /// <summary>Since the desk began.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>What the calendar says.</summary>
    public DateTimeOffset Utc { get; private set; } = provider.GetUtcNow();

    public void Read()
    {
        TimeSpan now = provider.GetElapsedTime(start);
        if (now > Now) Now = now;
        Utc = provider.GetUtcNow();
    }

    /// <summary>When to look for a moment of the calendar.</summary>
    public TimeSpan Towards(DateTimeOffset moment) =>
        Now + TimeSpan.FromTicks(Math.Clamp((moment - Utc).Ticks, 1, CalendarPulse.Ticks));

    /// <summary>A moment of this clock, by the calendar of now.</summary>
    public DateTimeOffset ToCalendar(TimeSpan moment) => Utc + (moment - Now);

    /// <inheritdoc cref="ToCalendar(TimeSpan)"/>
    public DateTimeOffset? ToCalendar(TimeSpan? moment) => Utc + (moment - Now);

    /// <summary>
    /// A moment that was kept by the calendar; before zero if it lies before the start. One that must be over, and is yet to come because
    /// the calendar was set back, is now.
    /// </summary>
    public TimeSpan? FromCalendar(DateTimeOffset? moment) => moment < Utc ? Now - (Utc - moment) : moment is null ? null : Now;

    /// <summary>A moment to come that was kept by the calendar; one that is over is now.</summary>
    public TimeSpan AheadFromCalendar(DateTimeOffset moment) => moment > Utc ? Now + (moment - Utc) : Now;
}
