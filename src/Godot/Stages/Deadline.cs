using Godot.Common;

namespace Godot.Stages;

/// <summary>
/// When a silence has been too long, or a state has lasted. It may be moved by every event. Time in which the monitor itself could hear
/// nobody does not count, as <see cref="Due"/> says.
/// </summary>
struct Deadline
{
    Due due;
    WakeUp wakeUp;

    public readonly bool IsSet => due.IsSet;

    /// <summary>
    /// Sets the deadline, or moves it: so long from now. The stage's OnWake is called then, for the key that is being handled.
    /// </summary>
    public void Set(Stage stage, TimeSpan time)
    {
        // Two hundred years: a ttl of all of time, and a grace. More would overflow.
        long ticks = Math.Min(time.Ticks, 2 * RecipeRules.LongestTime.Ticks);
        due = Due.In(stage, ticks);
        wakeUp.Within(stage, ticks);
    }

    /// <summary>Sets the deadline to a moment that was fixed before.</summary>
    public void Set(Stage stage, Due moment)
    {
        due = moment;
        wakeUp.Within(stage, due.Left(stage));
    }

    public void Clear() => due = default;

    /// <summary>In how many times 100 ns it comes, if what waits is heard by then.</summary>
    public readonly long Left(Stage stage) => due.Left(stage);

    /// <summary>True if it has come, and then it is gone. May be asked at any time, whether a timer has come or not.</summary>
    public bool HasCome(Stage stage) => HasCome(stage, out _);

    /// <summary>The same; and for how long of it the monitor was overloaded, if it may not have heard what came: otherwise zero.</summary>
    public bool HasCome(Stage stage, out TimeSpan unheard)
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

    public readonly void Save(Stage stage, StateWriter writer)
    {
        writer.Write(IsSet);
        if (IsSet) writer.Write(Left(stage));
    }

    public void Load(Stage stage, StateReader reader)
    {
        this = default;
        if (reader.ReadBoolean()) Set(stage, reader.ReadTimeSpan());
    }
}
