namespace Godot.Stages;

/// <summary>
/// What a stage stands in, and all that it knows of whoever runs it. One host serves the stages of a segment on one lane, and runs them one
/// at a time.
/// </summary>
abstract class StageHost
{
    /// <summary>No key: not given yet, or a stage that serves all.</summary>
    public const int AnyKey = -1;

    /// <summary>The key of the event, or the timer, that is being handled.</summary>
    public int Key { get; protected set; }

    /// <summary>
    /// Where the event or the timer that is being handled stands among those of its pass, whatever lanes they run on: the first decides,
    /// then the second.
    /// </summary>
    public abstract (long First, long Second) Order { get; }

    /// <summary>What time it is.</summary>
    public abstract LaneClock Time { get; }

    /// <summary>For how long a key may be quiet before it is idle.</summary>
    public abstract TimeSpan IdleAfter { get; }

    /// <summary>How long a stage without a time of its own remembers a key.</summary>
    public abstract TimeSpan ForgetAfter { get; }

    /// <summary>
    /// True in tests and replay: an answer that is not there yet is waited for on the spot, so that every run is the same.
    /// </summary>
    public abstract bool WaitsForTasks { get; }

    /// <summary>When a key was born; 0 if it is free. No two have the same, whatever lanes they are on.</summary>
    public abstract long BirthOf(int key);

    /// <summary>Runs something once, after a time, with the key that is being handled, unless that is freed before.</summary>
    public abstract void After(Stage stage, TimeSpan time, ITimed what);

    /// <summary>From any thread: runs something soon, with the stage's own key.</summary>
    public abstract void Post(Stage stage, Action act);

    /// <summary>Runs what was asked for with <see cref="After"/> or <see cref="Post"/>, unless its key is gone.</summary>
    public abstract void Fire(StageTimer timer);

    /// <summary>Whether a timer's key still belongs to whoever asked for it.</summary>
    public abstract bool IsWaited(StageTimer timer);

    /// <summary>The pass that runs the stages now: what one emits is handed over in order, what another emits may overtake it.</summary>
    public abstract object Pass { get; }

    /// <summary>Does something once all that this pass has emitted so far has been handed over.</summary>
    public abstract void WhenDelivered(Action act);

    /// <summary>A stage threw when it was handed an event, which is lost.</summary>
    public abstract void Threw(Stage stage, Exception thrown, EventView e);

    /// <summary>The same with a batch, all of which is lost.</summary>
    public abstract void Threw(Stage stage, Exception thrown, IReadOnlyList<Event> batch);

    /// <summary>An event was lost in a stage that had kept it: as if the stage had thrown when it was handed the event.</summary>
    public abstract void Lost(Stage stage, Exception thrown, EventView e);
}
