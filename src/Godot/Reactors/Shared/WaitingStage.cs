namespace Godot;

/// <summary>A stage that waits for a moment which moves while events come. It has one timer, however often that is.</summary>
abstract class WaitingStage : Stage
{
    // When the timer in charge comes, by Now; never, if there is none.
    long wakesAt = long.MaxValue;

    /// <summary>Has <see cref="OnWake()"/> called at this moment, by <see cref="Stage.Now"/>, or before.</summary>
    protected void WakeBy(long moment)
    {
        if (wakesAt <= moment) return;
        wakesAt = moment;
        After(new TimeSpan(moment - Now), Wake);
    }

    /// <summary>The moment has come, or one that was asked for before it.</summary>
    protected abstract void OnWake();

    void Wake()
    {
        // An earlier timer has come before this one and is in charge now.
        if (Now < wakesAt) return;
        wakesAt = long.MaxValue;
        OnWake();
    }
}
