namespace Godot;

public sealed partial class BatchReactor
{
    /// <summary>Emits the events of each batch one by one, in order and as they are. Looks at each batch by itself.</summary>
    public Reactor Each() => ToEvents("Each()", static () => new EachStage());
}

sealed class EachStage : BatchStage
{
    protected override void On(IReadOnlyList<Event> batch)
    {
        foreach (Event e in batch) Send(e);
    }
}
