namespace Godot.Stages;

/// <summary>
/// When a stage looks at a key again. What it looks at may be moved by every event: there is one timer all the same, which looks where that
/// is when it comes.
/// </summary>
struct WakeUp
{
    // When the timer in charge comes, by Stage.Now; 0 if there is none.
    long at;

    /// <summary>True once, when the timer in charge has come or should have.</summary>
    public bool HasCome(Stage stage)
    {
        if (at == 0 || stage.Now < at) return false;
        at = 0;
        return true;
    }

    /// <summary>
    /// Has the stage's OnWake called within so many times 100 ns, for the key that is being handled. A further timer is needed only if that
    /// is ahead of the one under way.
    /// </summary>
    public void Within(Stage stage, long time)
    {
        time = Math.Max(1, time);
        if (at != 0 && at <= stage.Now + time) return;
        at = stage.Now + time;
        stage.Host.After(stage, new TimeSpan(time), stage);
    }
}
