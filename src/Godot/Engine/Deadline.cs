namespace Godot;

/// <summary>
/// When a key is to be looked at again. It may be moved by every event: there is one timer all the same, which looks where the deadline is
/// when it comes. Time in which the monitor itself was stalled, and could hear nobody, does not count.
/// </summary>
struct Deadline
{
    // By Stage.Awake; 0 if there is none.
    long due;

    // When the timer in charge comes, by Stage.Now; 0 if there is none.
    long wakes;

    public readonly bool IsSet => due != 0;

    /// <summary>Sets the deadline, or moves it: so long from now. The stage's OnWake is called then, for the key that is being handled.</summary>
    public void Set(Stage stage, TimeSpan time)
    {
        // Two hundred years: a ttl of all of time, and a grace. More would overflow.
        due = Math.Max(1, stage.Awake + Math.Min(time.Ticks, 2 * RecipeRules.LongestTime.Ticks));
        Arm(stage);
    }

    public void Clear() => due = 0;

    /// <summary>True if it has come, and then it is gone. May be asked at any time, whether a timer has come or not.</summary>
    public bool HasCome(Stage stage)
    {
        if (wakes == 0 || stage.Now < wakes) return false;
        wakes = 0;
        if (due == 0) return false;
        if (stage.Awake < due)
        {
            Arm(stage);
            return false;
        }
        due = 0;
        return true;
    }

    public readonly void Save(Stage stage, StateWriter writer)
    {
        writer.Write(IsSet);
        if (IsSet) writer.Write(due - stage.Awake);
    }

    public void Load(Stage stage, StateReader reader)
    {
        this = default;
        if (reader.ReadBoolean()) Set(stage, reader.ReadTimeSpan());
    }

    // A further timer is needed only if the deadline has moved ahead of the one under way.
    void Arm(Stage stage)
    {
        long left = Math.Max(1, due - stage.Awake);
        if (wakes != 0 && wakes <= stage.Now + left) return;
        wakes = stage.Now + left;
        stage.Home.After(stage, new TimeSpan(left), stage);
    }
}
