namespace Godot;

/// <summary>A clock that a test moves. Every timer goes off at its very time, and sees that time.</summary>
sealed class VirtualClock : TimeProvider
{
    static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly Lock gate = new();
    readonly List<Timer> timers = [];
    long now, lastSet;

    public TimeSpan Elapsed => new(GetTimestamp());

    public override DateTimeOffset GetUtcNow() => Epoch + Elapsed;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, and runs the timers that are due on the way, on this thread: in the order of their times, then in that of being set.</summary>
    public void Advance(TimeSpan time)
    {
        long end = now + time.Ticks;
        while (NextUntil(end) is { } timer) timer.Run();
        Volatile.Write(ref now, end);
    }

    Timer? NextUntil(long end)
    {
        lock (gate)
        {
            Timer? next = timers.Where(timer => timer.Due <= end).MinBy(timer => (timer.Due, timer.SetAs));
            if (next is null) return null;
            Volatile.Write(ref now, Math.Max(now, next.Due));
            next.Reload();
            return next;
        }
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
                clock.timers.Remove(this);
                this.period = period;
                if (dueTime != Timeout.InfiniteTimeSpan) Set(dueTime);
                return true;
            }
        }

        /// <summary>It goes off: sets it again if it has a period.</summary>
        public void Reload()
        {
            clock.timers.Remove(this);
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
            clock.timers.Add(this);
        }
    }
}
