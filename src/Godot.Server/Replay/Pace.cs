namespace Godot;

/// <summary>Holds a replay back to a multiple of real time.</summary>
sealed class Pace(double speed, TimeProvider real)
{
    // Fine enough for people who watch.
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    readonly long start = real.GetTimestamp();

    /// <summary>How far from its start the replay may be by now.</summary>
    public TimeSpan Reach => real.GetElapsedTime(start) * speed;

    public Task WaitAsync() => Task.Delay(Step, real);
}
