using Godot.Common;

namespace Godot.Stages;

/// <summary>
/// When a key is to be looked at again. It may be moved by every event: there is one timer all the same, which looks where the deadline is
/// when it comes. Time in which the monitor itself could hear nobody does not count, as <see cref="Due"/> says.
/// </summary>
struct Deadline
{
    Due due;

    // When the timer in charge comes, by Stage.Now; 0 if there is none.
    long wakes;

    public readonly bool IsSet => due.IsSet;

    /// <summary>
    /// Sets the deadline, or moves it: so long from now. The stage's OnWake is called then, for the key that is being handled.
    /// </summary>
    public void Set(Stage stage, TimeSpan time)
    {
        // Two hundred years: a ttl of all of time, and a grace. More would overflow.
        long ticks = Math.Min(time.Ticks, 2 * RecipeRules.LongestTime.Ticks);
        due = Due.In(stage, ticks);
        Arm(stage, ticks);
    }

    /// <summary>Sets the deadline to a moment that was fixed before.</summary>
    public void Set(Stage stage, Due moment)
    {
        due = moment;
        Arm(stage, due.Left(stage));
    }

    public void Clear() => due = default;

    /// <summary>In how many times 100 ns it comes, if what waits is heard by then.</summary>
    public readonly long Left(Stage stage) => due.Left(stage);

    /// <summary>True if it has come, and then it is gone. May be asked at any time, whether a timer has come or not.</summary>
    /// <param name="evenUnheard">Overload counts: for an interval that only says when to emit.</param>
    public bool HasCome(Stage stage, bool evenUnheard = false) => HasCome(stage, evenUnheard, out _);

    /// <summary>The same; and for how long of it the monitor was overloaded, if it may not have heard what came: otherwise zero.</summary>
    public bool HasCome(Stage stage, out TimeSpan unheard) => HasCome(stage, false, out unheard);

    bool HasCome(Stage stage, bool evenUnheard, out TimeSpan unheard)
    {
        unheard = default;
        if (wakes == 0 || stage.Now < wakes) return false;
        wakes = 0;
        if (!due.IsSet) return false;
        if (!due.HasCome(stage, evenUnheard))
        {
            // How soon what waits is read, nobody knows: look again after as long as it has taken already, but at least every second.
            long again = evenUnheard ? 0 : Math.Min(stage.Host.Time.Lag, LaneClock.Pulse);
            Arm(stage, Math.Max(again, due.Left(stage, evenUnheard)));
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

    // A further timer is needed only if the deadline has moved ahead of the one under way.
    void Arm(Stage stage, long left)
    {
        left = Math.Max(1, left);
        if (wakes != 0 && wakes <= stage.Now + left) return;
        wakes = stage.Now + left;
        stage.Host.After(stage, new TimeSpan(left), stage);
    }
}
