using Godot.Common;
using Godot.Events;
using Godot.Recipes;
using Godot.Stages;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Remembers the last event of each series, and emits all of them as one batch with every event, or at the end of every interval in
    /// which one came. Scope: all.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>coalesce</c>: <c>Coalesce(TimeSpan.FromSeconds(5)).Combine(…)</c> makes one number of a whole fleet. Events stand in
    /// the order in which their series first came. One whose own ttl is over, counted from its arrival, is forgotten; time in which this
    /// monitor was itself stalled or overloaded does not count. One that arrives with the state "expired" is in one batch, and then
    /// forgotten. One that has no ttl is remembered until it is expired. Intervals begin with the first event, and follow each other
    /// without a gap. When the server stops, what came since the last batch is emitted. Metrics are not looked at. Memory: an event per
    /// series; events of series beyond <paramref name="limit"/> are lost in this reactor, and counted. One timer, and only while there is
    /// something to emit.
    /// </remarks>
    /// <param name="every">The interval. Default: with every event.</param>
    /// <param name="limit">How many series are remembered at most. Default 10,000.</param>
    /// <exception cref="ArgumentException">The interval is not longer than zero, or the limit is below 1.</exception>
    public BatchReactor Coalesce(TimeSpan? every = null, int limit = 10_000)
    {
        if (every is { } interval) RecipeRules.Positive(interval, "Coalesce's interval", nameof(every));
        RecipeRules.AtLeast(1, limit, "Coalesce's limit", nameof(limit));
        string text = every is { } shown ? $"Coalesce({RecipeText.Of(shown)}, {limit})" : $"Coalesce(limit: {limit})";
        return new(this, new StageStep(text, Scope.All, () => new CoalesceStage(every, limit)));
    }
}

sealed class CoalesceStage : Stage
{
    readonly TimeSpan? every;
    readonly int limit;
    readonly ExpiringMap<(string? Host, string? Service), Event> latest;

    // While an interval has something to emit, when it ends.
    Periods periods;
    IntervalEnd end;

    public CoalesceStage(TimeSpan? every, int limit) => (this.every, this.limit, latest) = (every, limit, new(this));

    public override void On(EventView e)
    {
        if (end.HasCome(this)) Emit();
        latest.RemoveOver();
        (string?, string?) series = (e.Host, e.Service);
        if (latest.Count == limit && !latest.TryGet(series, out _))
            throw new InvalidOperationException($"Coalesce remembers {limit} series; raise its limit.");
        latest.Set(series, e.ToEvent(), e.Is(FieldSet.State, "expired"u8) ? null : e.Ttl);
        periods.Begin(Now);
        if (every is not { } interval) Emit();
        else if (!end.IsSet) end.Set(this, periods.UntilNext(Now, interval));
    }

    internal override void OnWake(int key)
    {
        if (end.HasCome(this)) Emit();
    }

    protected override void Flush()
    {
        if (end.IsSet) Emit();
        end.Clear();
    }

    void Emit()
    {
        latest.RemoveOver();
        Event[] batch = [.. latest.Entries.Select(entry => entry.Value)];
        latest.RemoveOver(static e => e.State == "expired");
        if (batch.Length > 0) Send(batch);
    }

    protected override void Save(StateWriter state)
    {
        periods.Save(state);
        end.Save(this, state);
        latest.Save(state, (_, e) => state.Write(e));
    }

    protected override void Load(StateReader state)
    {
        periods.Load(state);
        end.Load(this, state);
        latest.Load(state, () =>
        {
            Event e = state.ReadEvent();
            return ((e.Host, e.Service), e);
        });
    }

    protected override bool MayForget() => !end.IsSet;
}
