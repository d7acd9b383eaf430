namespace Godot;

/// <summary>
/// When a silence is too long: moved by every event, looked at by a timer only now and then. Measured in the time in which the engine was awake; the timers that look at it
/// go by the lane's.
/// </summary>
struct Deadline
{
    // By Awake; 0 if there is none.
    long due;

    // When the timer in charge comes, by Now; 0 if there is none.
    long wakesAt;

    public readonly bool IsSet => due != 0;

    public void Clear() => due = 0;

    /// <summary>Sets it, and says when a further timer must come; null if that in charge comes early enough.</summary>
    public TimeSpan? Set(TimeSpan time, Stage stage)
    {
        // Two hundred years: a ttl of all of time, and a grace. More would overflow.
        due = Math.Max(1, stage.Awake + Math.Min(time.Ticks, 2 * RecipeRules.LongestTime.Ticks));
        return Watch(stage);
    }

    /// <summary>A timer has come. True if the deadline is over: then it is cleared. <paramref name="again"/> says when a further timer must come, if one must.</summary>
    public bool IsOver(Stage stage, out TimeSpan? again)
    {
        again = null;
        // An earlier timer has come before this one and is in charge now.
        if (wakesAt == 0 || stage.Now < wakesAt) return false;
        wakesAt = 0;
        if (due == 0) return false;
        if (stage.Awake < due)
        {
            again = Watch(stage);
            return false;
        }
        due = 0;
        return true;
    }

    TimeSpan? Watch(Stage stage)
    {
        long left = Math.Max(1, due - stage.Awake);
        if (wakesAt != 0 && wakesAt <= stage.Now + left) return null;
        wakesAt = stage.Now + left;
        return new TimeSpan(left);
    }
}
