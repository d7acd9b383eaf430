using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Holds events back and emits every <paramref name="count"/> of them as one batch. Scope: all.</summary>
    /// <remarks>
    /// Each event is in one batch, whatever its time and whether it has a metric. When the server stops, or the key is freed because it has
    /// been idle, the last batch comes out as it is, shorter than the others; to have it within a time, use <see cref="Batch"/>. Memory:
    /// the events held, fewer than the count, per key. It has no timer.
    /// </remarks>
    /// <exception cref="ArgumentException">The count is below 1.</exception>
    public BatchReactor EventWindow(int count)
    {
        RecipeRules.AtLeast(1, count, "EventWindow's count", nameof(count));
        return new(this, new StageStep($"EventWindow({count})", Scope.All, () => new EventWindowStage(count)));
    }
}

sealed class EventWindowStage(int count) : Stage
{
    readonly HeldEvents held = new("EventWindow", count);

    public override void On(EventView e)
    {
        held.Add(e);
        if (held.Count == count) Flush();
    }

    protected override void Flush()
    {
        if (held.Count > 0) Send(held.Take());
    }

    protected override string? Describe() => InWords.Held(held.Count, null);

    protected override void Save(StateWriter state) => held.Save(state);

    protected override void Load(StateReader state) => held.Load(state);
}
