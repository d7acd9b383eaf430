namespace Godot;

public sealed partial class BatchReactor
{
    /// <summary>
    /// Emits, of each batch, the event with the least metric; of several as small, the last. Looks at each batch by itself.
    /// </summary>
    /// <remarks>
    /// So it says whose metric that is. Its time is now, or its own, if the window goes by the events' own time. Events without a metric
    /// are left out; of a batch in which none has one, nothing passes.
    /// </remarks>
    public Reactor Minimum() => ToEvents("Minimum()", () => new ExtremeStage(static (metric, best) => metric <= best));
}

/// <summary>Passes the event with the best metric of each batch.</summary>
sealed class ExtremeStage(Func<double, double, bool> better) : BatchStage
{
    protected override void On(IReadOnlyList<Event> batch)
    {
        Event? best = null;
        foreach (Event e in batch)
            if (e.Metric is { } metric && (best is null || better(metric, best.Metric!.Value))) best = e;
        if (best is not null) Send(best.View with { Time = TimeOf(batch, best) });
    }
}
