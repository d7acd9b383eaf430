namespace Godot.Stages;

/// <summary>What time it is for the stages of a lane: it stands still while a block of events is run. All times are in 100 ns.</summary>
abstract class LaneClock
{
    /// <summary>
    /// While something is due some day, the engine looks at its clock this often: what is late by more was stopped or starved, and what
    /// waits to be heard is looked at again.
    /// </summary>
    public static readonly long Pulse = TimeSpan.FromSeconds(1).Ticks;

    /// <summary>A silence is judged after so much overload, all the same.</summary>
    public static readonly TimeSpan MostOverload = TimeSpan.FromMinutes(10);

    /// <summary>The engine's clock.</summary>
    public abstract TimeProvider Provider { get; }

    /// <summary>
    /// By the clock of <see cref="Awake"/>, when a <see cref="Deadline"/> that is loaded comes at the soonest: at one moment for all that
    /// fell silent while nobody listened.
    /// </summary>
    public long? GraceUntil { get; set; }

    /// <summary>What comes now may have fallen silent while nobody listened.</summary>
    public bool IsInGrace => Awake <= GraceUntil + Pulse;

    /// <summary>Since the engine began, by the clock of arrival.</summary>
    public long Now { get; protected set; }

    /// <summary>
    /// What the calendar said when it was <see cref="Now"/>, since the unix epoch. Unlike that it may be set, forth and back.
    /// </summary>
    public long UtcNow { get; protected set; }

    /// <summary>
    /// <see cref="Now"/>, less the time in which the process was stalled, or what had arrived was not heard. It never goes back.
    /// </summary>
    public long Awake { get; protected set; }

    /// <summary>How long the engine has been overloaded so far.</summary>
    public long Overloaded { get; protected set; }

    /// <summary>By the clock of <see cref="Awake"/>, up to when everything that arrived has been heard.</summary>
    public abstract long Heard { get; }

    /// <summary>For how long the oldest of what waits has waited.</summary>
    public abstract long Lag { get; }
}
