namespace Godot;

/// <summary>A stage that is handed batches. It looks at each by itself and keeps nothing.</summary>
abstract class BatchStage : Stage
{
    internal sealed override bool ServesAllKeys => true;

    internal sealed override bool KeepsNothing => true;

    public sealed override void On(EventView e) => throw new InvalidOperationException($"{Label} takes batches.");

    /// <summary>Takes the next batch, of at least one event.</summary>
    protected abstract void On(IReadOnlyList<Event> batch);

    /// <summary>The time of an event that is made of a batch: now, or, if the batch was gathered by its events' own time, that of the event it is made from, unless that is yet to come.</summary>
    protected DateTimeOffset TimeOf(IReadOnlyList<Event> batch, Event from)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        return batch is TimedBatch && from.Time is { } own && own < now ? own : now;
    }

    /// <summary>
    /// Host, service, both or neither: those in which these events are not all alike. What is made of them does not have it.
    /// </summary>
    protected static Parts Differing(IEnumerable<Event> events)
    {
        Parts differ = Parts.None;
        Event? first = null;
        foreach (Event e in events)
        {
            first ??= e;
            if (e.Host != first.Host) differ |= Parts.Host;
            if (e.Service != first.Service) differ |= Parts.Service;
            if (differ == Parts.Series) break;
        }
        return differ;
    }

    internal sealed override void OnBatch(IReadOnlyList<Event> batch) => On(batch);
}
