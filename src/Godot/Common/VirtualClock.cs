namespace Godot.Common;

/// <summary>A clock that is moved by hand: it cannot stall, and its timers keep any time to the tick.</summary>
interface IExactClock;

/// <summary>A clock that is moved by hand, for tests and replay. Every timer goes off at its very time, and sees that time.</summary>
/// <remarks>Moved by one thread at a time; read, and its timers set, from any.</remarks>
sealed class VirtualClock(DateTimeOffset start) : TimeProvider, IExactClock
{
    readonly Lock gate = new();
    readonly List<Timer> timers = [];
    long now, lastSet;

    // What the calendar shows beyond the time that went by.
    long set;

    // When the first timer goes off.
    long next = long.MaxValue;

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => new(GetTimestamp());

    public override DateTimeOffset GetUtcNow() => start + new TimeSpan(GetTimestamp() + Volatile.Read(ref set));

    /// <summary>Sets the calendar on, or back. No time goes by.</summary>
    public void Set(TimeSpan by) => Volatile.Write(ref set, set + by.Ticks);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves on, and runs the timers that are due on the way, on this thread: in the order of their times, then in that of being set.
    /// </summary>
    public void Advance(TimeSpan time)
    {
        long end = now + time.Ticks;
        while (Volatile.Read(ref next) <= end) TakeUntil(end)?.Run();
        Volatile.Write(ref now, end);
    }

    // Null: somebody has stopped or moved it meanwhile.
    Timer? TakeUntil(long end)
    {
        lock (gate)
        {
            if (timers.MinBy(timer => (timer.Due, timer.SetAs)) is not { } first || first.Due > end) return null;
            Volatile.Write(ref now, Math.Max(now, first.Due));
            first.Reload();
            return first;
        }
    }

    void Remove(Timer timer)
    {
        timers.Remove(timer);
        Volatile.Write(ref next, timers.Count == 0 ? long.MaxValue : timers.Min(other => other.Due));
    }

    void Add(Timer timer)
    {
        timers.Add(timer);
        Volatile.Write(ref next, Math.Min(next, timer.Due));
    }

    sealed class Timer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan period;

        public long Due { get; private set; }

        public long SetAs { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.Remove(this);
                this.period = period;
                if (dueTime != Timeout.InfiniteTimeSpan) Set(dueTime);
                return true;
            }
        }

        /// <summary>It goes off: sets it again if it has a period.</summary>
        public void Reload()
        {
            clock.Remove(this);
            if (period > TimeSpan.Zero) Set(period);
        }

        public void Run() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        void Set(TimeSpan time)
        {
            (Due, SetAs) = (clock.now + time.Ticks, ++clock.lastSet);
            clock.Add(this);
        }
    }
}
