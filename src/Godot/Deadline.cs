using Godot.Common;
using Godot.Stages;

namespace Godot;

/// <summary>
/// When a silence has been too long, or a state has lasted: in the state of a stage, moved by as many events as there are, with one timer.
/// Time in which the monitor itself was stalled or overloaded, and could hear nobody, does not count; but overload counts once it has
/// lasted ten minutes.
/// </summary>
/// <remarks>
/// <para>Set it in <c>On</c>; ask <see cref="HasCome(Stage)"/> in <c>OnWake</c>, which is called when it may have come, and perhaps once
/// more before. An event that comes at the same time as the timer may be handled first: a stage for which that matters asks in
/// <c>On</c>, too.</para>
/// <para>Each time it is handed the stage that it belongs to: <c>state.Silence.Set(this, TimeSpan.FromMinutes(1))</c>. While it is set its
/// key should not be forgotten: <see cref="Stage.MayForget()"/>.</para>
/// </remarks>
public struct Deadline
{
    Due due;
    WakeUp wakeUp;

    /// <summary>True from when it was set until it has come, or was cleared.</summary>
    public readonly bool IsSet => due.IsSet;

    /// <summary>Sets it, or moves it: so long from now, for the key that is being handled. More than 200 years are 200 years.</summary>
    /// <param name="stage">The stage in whose state it is.</param>
    /// <param name="time">How long; zero or less: at once, but not before the event that is being handled has been.</param>
    public void Set(Stage stage, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(stage);
        // A ttl of all of time, and a grace. More would overflow.
        long ticks = Math.Min(time.Ticks, 2 * RecipeRules.LongestTime.Ticks);
        due = Due.In(stage, ticks);
        wakeUp.Within(stage, ticks);
    }

    /// <summary>Sets the deadline to a moment that was fixed before.</summary>
    internal void Set(Stage stage, Due moment)
    {
        due = moment;
        wakeUp.Within(stage, due.Left(stage));
    }

    /// <summary>It does not come.</summary>
    public void Clear() => due = default;

    /// <summary>In how many times 100 ns it comes, if what waits is heard by then.</summary>
    internal readonly long Left(Stage stage) => due.Left(stage);

    /// <summary>True if it has come, and then it is not set any more. May be asked at any time.</summary>
    /// <param name="stage">The stage in whose state it is.</param>
    public bool HasCome(Stage stage) => HasCome(stage, out _);

    /// <summary>The same; and for how long of it the monitor was overloaded, if it may not have heard what came: otherwise zero.</summary>
    internal bool HasCome(Stage stage, out TimeSpan unheard)
    {
        unheard = default;
        if (!wakeUp.HasCome(stage) || !due.IsSet) return false;
        if (!due.HasCome(stage))
        {
            // How soon what waits is read, nobody knows: look again after as long as it has taken already, but at least every second.
            wakeUp.Within(stage, Math.Max(Math.Min(stage.Host.Time.Lag, LaneClock.Pulse), due.Left(stage)));
            return false;
        }
        unheard = due.Unheard(stage);
        due = default;
        return true;
    }

    /// <summary>Writes how much of it is left.</summary>
    /// <param name="stage">The stage in whose state it is.</param>
    /// <param name="writer">What the stage's <c>Save</c> was handed.</param>
    public readonly void Save(Stage stage, StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(IsSet);
        if (IsSet) writer.Write(Left(stage));
    }

    /// <summary>
    /// Takes up what <see cref="Save"/> wrote. Where a server begins anew, senders need time to come back: it does not come before that is
    /// over.
    /// </summary>
    /// <param name="stage">The stage in whose state it is.</param>
    /// <param name="reader">What the stage's <c>Load</c> was handed.</param>
    public void Load(Stage stage, StateReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        this = default;
        if (!reader.ReadBoolean()) return;
        long left = reader.ReadInt64();
        Set(stage, new TimeSpan(Math.Max(left, stage.Host.Time.GraceUntil - stage.Awake ?? left)));
    }
}
