using Godot.Stages;

namespace Godot.Runtime;

/// <summary>
/// Notices that the engine was stopped or starved: its clock's timer goes off, or somebody runs, much later than the timer should have gone
/// off. A monitor that was stalled must not blame others for a silence that it could not have heard.
/// </summary>
sealed class StallDetector
{
    readonly Lock gate = new();

    // When the timer should go off; what is later than a pulse after that is late.
    long expected = long.MaxValue;
    long stalled;

    /// <summary>How long, in 100 ns, the engine has been stalled so far.</summary>
    public long Stalled => Volatile.Read(ref stalled);

    /// <summary>The same, noticed by whoever runs first after a stall: that may be a connection, before the clock's timer.</summary>
    public long StalledBy(long now)
    {
        if (now - Volatile.Read(ref expected) > LaneClock.Pulse)
        {
            lock (gate)
            {
                long late = expected == long.MaxValue ? 0 : now - expected;
                // The timer will go off; it is late from here on.
                if (late > LaneClock.Pulse) (stalled, expected) = (stalled + late, now);
            }
        }
        return Stalled;
    }

    /// <summary>The clock's timer should go off then.</summary>
    public void Expect(long due)
    {
        lock (gate) expected = due;
    }

    /// <summary>It has gone off, and is not set.</summary>
    public void ExpectNothing() => Expect(long.MaxValue);
}
