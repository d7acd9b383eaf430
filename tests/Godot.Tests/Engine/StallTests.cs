using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>A monitor that could hear nobody must not blame others for their silence, nor wait for them any longer than that.</summary>
public sealed class StallTests
{
    readonly LateClock clock = new();
    readonly Recorder recorder = new();

    static Event Of(string service) => new() { Service = service, Metric = 1 };

    Engine Watching()
    {
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        engine.Add(Reactor.Expire(TimeSpan.FromSeconds(60)), null, recorder);
        return engine;
    }

    void Pass(int seconds)
    {
        for (int second = 0; second < seconds; second++) clock.Advance(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void What_is_heard_first_after_a_stall_is_watched_no_longer_than_its_ttl()
    {
        Engine engine = Watching();
        engine.Feed(Of("a"));

        // The process was stopped. A connection's thread wakes up before the timer's does.
        clock.Leap(TimeSpan.FromHours(1));
        engine.Feed(Of("a"));
        Assert.Equal(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1), new TimeSpan(engine.Stalls.Stalled));
        Pass(59);
        Assert.Empty(recorder.Lines);
        Pass(3);
        Assert.Equal(["a=1"], recorder.Lines);
    }

    [Fact]
    public void What_only_gathers_emits_when_its_interval_ends_whatever_could_be_heard()
    {
        TimeSpan minute = TimeSpan.FromMinutes(1);
        Recipe[] gatherers =
        [
            Reactor.Batch(10, minute).Each(), Reactor.TimeWindow(minute).Each(), Reactor.Rollup(minute).Each(),
            Reactor.Coalesce(minute).Each(), Reactor.Sum(minute), Reactor.Interpolate(minute),
        ];
        Engine engine = new(new EngineOptions { TimeProvider = clock, Lanes = 1 });
        foreach (Recipe gatherer in gatherers) engine.Add(gatherer, null, recorder);
        engine.Feed(Of("a"));
        int atOnce = recorder.Lines.Count;
        clock.Leap(TimeSpan.FromHours(1));
        Pass(1);
        Assert.Equal((1, 1 + gatherers.Length), (atOnce, recorder.Lines.Count));
    }

    [Fact]
    public void A_stall_in_the_middle_of_a_block_counts_once()
    {
        Engine engine = Watching();
        engine.Add(Reactor.Where(e => Slowly(() => clock.Leap(TimeSpan.FromHours(1)))));
        engine.Feed(Of("slow"));
        Pass(59);
        Assert.Empty(recorder.Lines);
        Pass(3);
        Assert.Equal(["slow=1"], recorder.Lines);
    }

    [Fact]
    public void While_a_slow_reactor_keeps_a_lane_busy_it_hears_nobody()
    {
        Engine engine = Watching();
        // The timerDriver has a thread of its own, and goes on every second.
        engine.Add(Reactor.Where(e => Slowly(() =>
        {
            Thread timerDriver = new(() => Pass(59));
            timerDriver.Start();
            timerDriver.Join();
            clock.Leap(TimeSpan.FromSeconds(1.5));
        })));
        engine.Feed(Of("slow"));
        Pass(58);
        Assert.Empty(recorder.Lines);
        Pass(4);
        Assert.Equal(["slow=1"], recorder.Lines);
    }

    static bool Slowly(Action act)
    {
        act();
        return true;
    }

    /// <summary>A clock that can go on without its timers going off.</summary>
    sealed class LateClock : TimeProvider
    {
        readonly FakeTimeProvider timers = new();
        TimeSpan leapt;
        Action? wake;

        public void Leap(TimeSpan time) => leapt += time;

        /// <summary>Goes on with the timers. What became due in a leap goes off too.</summary>
        public void Advance(TimeSpan time)
        {
            timers.Advance(time);
            wake?.Invoke();
        }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => (timers.GetUtcNow() - DateTimeOffset.UnixEpoch + leapt).Ticks;

        public override DateTimeOffset GetUtcNow() => timers.GetUtcNow() + leapt;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            wake = () => callback(state);
            return timers.CreateTimer(callback, state, dueTime, period);
        }
    }
}
