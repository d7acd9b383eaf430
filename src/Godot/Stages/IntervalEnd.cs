namespace Godot.Stages;

/// <summary>
/// When what was gathered is to be emitted: by the clock of arrival, whatever the monitor could hear, since nobody is blamed by it. What
/// judges a silence has a <see cref="Deadline"/>.
/// </summary>
struct IntervalEnd
{
    // By Stage.Now; 0: not set.
    long moment;
    WakeUp wakeUp;

    public readonly bool IsSet => moment != 0;

    /// <summary>Sets it, or moves it: so long from now. The stage's OnWake is called then, for the key that is being handled.</summary>
    public void Set(Stage stage, TimeSpan time)
    {
        long left = Math.Max(1, time.Ticks);
        moment = stage.Now + left;
        wakeUp.Within(stage, left);
    }

    public void Clear() => moment = 0;

    /// <summary>In how many times 100 ns it comes.</summary>
    public readonly long Left(Stage stage) => moment - stage.Now;

    /// <summary>True if it has come, and then it is gone. May be asked at any time, whether a timer has come or not.</summary>
    public bool HasCome(Stage stage)
    {
        if (!wakeUp.HasCome(stage) || !IsSet) return false;
        long left = Left(stage);
        if (left > 0) wakeUp.Within(stage, left);
        else moment = 0;
        return left <= 0;
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
