using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Holds events back and emits them as one batch when <paramref name="count"/> are there, or when <paramref name="time"/> has gone by
    /// since the first of them. Scope: all.
    /// </summary>
    /// <remarks>
    /// The next batch begins with the next event. Time is that of arrival, not the events' own. When the server stops, what is held comes
    /// out. Memory: fewer events than the count, per key. One timer per key, and only while it holds events.
    /// </remarks>
    /// <param name="count">How many events a batch has at most.</param>
    /// <param name="time">How long the first event of a batch waits at most.</param>
    /// <exception cref="ArgumentException">The count is below 1, or the time is not longer than zero.</exception>
    public BatchReactor Batch(int count, TimeSpan time)
    {
        RecipeRules.AtLeast(1, count, "Batch's count", nameof(count));
        RecipeRules.Positive(time, "Batch's time", nameof(time));
        return new(this, new StageStep($"Batch({count}, {RecipeText.Of(time)})", Scope.All, () => new GatherStage(count, time.Ticks)));
    }
}

sealed class GatherStage(int count, long time) : WaitingStage
{
    readonly HeldEvents held = new("Batch", count);

    // When the batch must come out, by Now.
    long deadline;

    public override void On(EventView e)
    {
        held.Add(e);
        if (held.Count == 1) WakeBy(deadline = Now + time);
        if (held.Count == count) Flush();
    }

    protected override void OnWake()
    {
        if (Now >= deadline) Flush();
        else if (held.Count > 0) WakeBy(deadline);
    }

    protected override void Flush()
    {
        if (held.Count > 0) Send(held.Take());
    }

    protected override void Save(StateWriter state)
    {
        if (held.Count == 0) return;
        state.WriteMoment(deadline);
        held.Save(state);
    }

    protected override void Load(StateReader state)
    {
        deadline = state.ReadMoment();
        held.Load(state);
        WakeBy(deadline);
    }

    protected override bool MayForget() => held.Count == 0;
}
