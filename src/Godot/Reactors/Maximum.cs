namespace Godot;

public sealed partial class BatchReactor
{
    /// <summary>
    /// Emits, of each batch, the event with the greatest metric; of several as great, the last. Looks at each batch by itself.
    /// </summary>
    /// <remarks>
    /// So it says whose metric that is. Its time is now, or its own, if the window goes by the events' own time. Events without a metric
    /// are left out; of a batch in which none has one, nothing passes.
    /// </remarks>
    public Reactor Maximum() => ToEvents("Maximum()", () => new ExtremeStage(static (metric, best) => metric >= best));
}
