using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// For every event, emits it and those before it as one batch of the last <paramref name="count"/>; of fewer while there are fewer.
    /// Scope: all.
    /// </summary>
    /// <remarks>
    /// In order of arrival, whatever their time and whether they have a metric. Each event costs a batch of up to the count: where only a
    /// mean or a sum is wanted, <see cref="MovingAverage(int, int)"/> and <see cref="MovingSum(int)"/> cost less. Memory: as many events as
    /// the count, per key. It has no timer.
    /// </remarks>
    /// <exception cref="ArgumentException">The count is below 1.</exception>
    public BatchReactor MovingEventWindow(int count)
    {
        RecipeRules.AtLeast(1, count, "MovingEventWindow's count", nameof(count));
        return new(this, new StageStep($"MovingEventWindow({count})", Scope.All, () => new MovingEventWindowStage(count)));
    }
}

sealed class MovingEventWindowStage(int count) : Stage
{
    readonly Queue<Event> window = new();

    public override void On(EventView e)
    {
        if (window.Count == count) window.Dequeue();
        window.Enqueue(e.ToEvent());
        Send(window.ToArray());
    }

    protected override string? Describe() => InWords.Held(window.Count, null);

    protected override void Save(StateWriter state)
    {
        state.Write(window.Count);
        foreach (Event e in window) state.Write(e);
    }

    protected override void Load(StateReader state)
    {
        for (int left = state.ReadInt32(); left > 0; left--) window.Enqueue(state.ReadEvent());
    }
}
