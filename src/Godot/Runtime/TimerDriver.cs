using Godot.Common;
using Godot.Stages;

namespace Godot.Runtime;

/// <summary>Wakes the lanes when their timers are due, with one timer of the clock for all of them.</summary>
sealed class TimerDriver : IDisposable
{
    // A lane that a hanging reactor holds for longer is left for the next time: the timers of the others must not wait for it.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    readonly Engine engine;
    readonly long untilSweep;
    readonly ITimer timer;

    // A clock that is moved by hand cannot stall, and keeps any time to the tick.
    readonly bool exact;

    readonly Intake pass;
    readonly Lock running = new();

    // When the clock's timer goes off; under its own lock, which nothing else is taken in.
    readonly Lock arming = new();
    long armedFor = long.MaxValue;

    long nextSweep;
    volatile bool disposed;

    public TimerDriver(Engine engine, EngineOptions options)
    {
        this.engine = engine;
        exact = options.TimeProvider is IExactClock;
        nextSweep = untilSweep = options.IdleAfter.Ticks / Lane.IdleSweeps;
        pass = engine.OpenIntake();
        timer = options.TimeProvider.CreateTimer(static state => ((TimerDriver)state!).Run(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        Arm();
    }

    /// <summary>Sees to it that the clock's timer goes off in time for the first timer of any lane.</summary>
    public void Arm()
    {
        if (disposed) return;
        long due = long.MaxValue;
        foreach (Lane lane in engine.Lanes) due = Math.Min(due, lane.NextDue);
        long now = engine.Now;
        due = due == long.MaxValue || exact ? Math.Min(due, nextSweep) : Math.Min(Math.Min(due, nextSweep), now + LaneClock.Pulse);
        // What a busy lane has let wait is due now; the timer is not late for it.
        due = Math.Max(due, now);
        if (due >= Volatile.Read(ref armedFor)) return;
        lock (arming)
        {
            if (due >= armedFor) return;
            armedFor = due;
            engine.Stalls.Expect(due);
            timer.Change(Wait(due - now), Timeout.InfiniteTimeSpan);
        }
    }

    // A system's clock counts whole milliseconds: a little late, never early.
    TimeSpan Wait(long ticks) => exact
        ? new TimeSpan(ticks)
        : TimeSpan.FromMilliseconds(Math.Min((ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond, int.MaxValue));

    public void Dispose()
    {
        disposed = true;
        timer.Dispose();
        // Whoever is running finishes first.
        lock (running)
        {
        }
    }

    void Run()
    {
        lock (running)
        {
            if (disposed) return;
            long now = engine.Now;
            engine.Backlogs.Look(now - engine.Stalls.StalledBy(now));
            lock (arming)
            {
                armedFor = long.MaxValue;
                engine.Stalls.ExpectNothing();
            }
            engine.Gate.Enter();
            try
            {
                bool inGrace = false;
                foreach (Lane lane in engine.Lanes)
                    if (lane.NextDue <= now && pass.TryRunLane(lane, Patience, static lane => lane.FireDue())) inGrace |= lane.IsInGrace;
                pass.Deliver(inGrace);
                if (now >= nextSweep)
                {
                    nextSweep = now + untilSweep;
                    foreach (Lane lane in engine.Lanes) pass.TryRunLane(lane, Patience, static lane => lane.Sweep());
                    pass.Deliver();
                }
            }
            finally
            {
                engine.Gate.Leave();
                Arm();
            }
        }
    }
}
