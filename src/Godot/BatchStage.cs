using Godot.Events;
using Godot.Stages;

namespace Godot;

/// <summary>
/// The running piece of a recipe of batches, that is of lists of events. It is handed one batch at a time, looks at each by itself, and
/// keeps nothing: one instance serves all keys of a lane, so it needs no lock. It sends on batches where <see cref="BatchReactor.Then"/>
/// made it, events where <see cref="BatchReactor.ThenEvents"/> did.
/// </summary>
/// <remarks>A batch stage that throws loses that batch in that reactor, and nothing else.</remarks>
public abstract class BatchStage : Stage
{
    internal sealed override bool ServesAllKeys => true;

    internal sealed override bool KeepsNothing => true;

    /// <inheritdoc/>
    public sealed override void On(EventView e) => throw new InvalidOperationException($"{Slot.Id} takes batches.");

    /// <summary>Takes the next batch, of at least one event.</summary>
    protected abstract void On(IReadOnlyList<Event> batch);

    /// <summary>
    /// The time of an event that is made of a batch: now, or, if the batch was gathered by its events' own time, that of the event it is
    /// made from, unless that is yet to come.
    /// </summary>
    protected DateTimeOffset TimeOf(IReadOnlyList<Event> batch, Event from)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        return batch is TimedBatch && from.Time is { } own && own < now ? own : now;
    }

    /// <summary>
    /// Host, service, both or neither: those in which these events are not all alike. What is made of them does not have it.
    /// </summary>
    private protected static FieldSet Differing(IEnumerable<Event> events)
    {
        FieldSet differ = FieldSet.None;
        Event? first = null;
        foreach (Event e in events)
        {
            first ??= e;
            if (e.Host != first.Host) differ |= FieldSet.Host;
            if (e.Service != first.Service) differ |= FieldSet.Service;
            if (differ == FieldSet.Series) break;
        }
        return differ;
    }

    internal sealed override void OnBatch(IReadOnlyList<Event> batch) => On(batch);

    /// <summary>Hands a batch to the next verb. It has at least one event, and nobody changes it afterwards.</summary>
    protected new void Send(IReadOnlyList<Event> batch) => base.Send(batch);
}
