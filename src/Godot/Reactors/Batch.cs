using Godot.Common;
using Godot.Recipes;
using Godot.Stages;

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
        return new(this, new StageStep($"Batch({count}, {RecipeText.Of(time)})", Scope.All, () => new GatherStage(count, time)));
    }
}

sealed class GatherStage(int count, TimeSpan time) : Stage
{
    readonly HeldEvents held = new("Batch", count);

    // When the batch must come out.
    IntervalEnd end;

    public override void On(EventView e)
    {
        held.Add(e);
        if (held.Count == 1) end.Set(this, time);
        if (held.Count == count) Flush();
    }

    internal override void OnWake(int key)
    {
        if (end.HasCome(this)) Flush();
    }

    protected override void Flush()
    {
        end.Clear();
        if (held.Count > 0) Send(held.Take());
    }

    protected override string? Describe() => InWords.Held(held.Count, DueIn());

    private protected override long? DueIn() => end.IsSet ? end.Left(this) : null;

    protected override void Save(StateWriter state)
    {
        if (held.Count == 0) return;
        state.Write(end.Left(this));
        held.Save(state);
    }

    protected override void Load(StateReader state)
    {
        end.Set(this, state.ReadTimeSpan());
        held.Load(state);
    }

    protected override bool MayForget() => held.Count == 0;
}
