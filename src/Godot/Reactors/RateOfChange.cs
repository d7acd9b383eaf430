using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by how much it has changed over a span of time. It is a share of what it was: 0.5 is
    /// half as much again, -1 is down to nothing. Scope: each series.
    /// </summary>
    /// <remarks>
    /// What it was is the last metric that is older by the span or more, by the events' own time; one ahead of the clock counts as of its
    /// arrival. Until there is one, nothing passes; nor while it is 0, of which nothing is a share, or if the share would be too large for
    /// a number. An event without a metric is dropped and not counted; one that is older than the newest is dropped and counted as late. Of
    /// metrics within a thousandth of the span of each other the first is remembered; so memory is at most 32 KB per key. No timer.
    /// </remarks>
    /// <param name="span">How far to look back, by the events' own time.</param>
    /// <exception cref="ArgumentException">The span is not longer than zero.</exception>
    public Reactor RateOfChange(TimeSpan span)
    {
        RecipeRules.Positive(span, "RateOfChange's span", nameof(span));
        return Add($"RateOfChange({RecipeText.Of(span)})", Scope.Series, () => new RateOfChangeStage(span));
    }
}

sealed class RateOfChangeStage(TimeSpan span) : Stage
{
    protected internal override TimeSpan Remembers => AtLeast(span);

    const int Slices = 1000;

    // Metrics that are not old enough yet, by time; and the time of the last of them.
    readonly Queue<(long Time, double Metric)> recent = new();
    long remembered = long.MinValue;
    OwnTime own;

    // The last one that is old enough.
    double? before;

    public override void On(EventView e)
    {
        if (e.Metric is not { } metric) return;
        long time = own.Of(e, this);
        if (time < own.Newest)
        {
            CountLate();
            return;
        }
        Counts(e);
        while (recent.TryPeek(out var oldest) && oldest.Time <= time - span.Ticks) before = recent.Dequeue().Metric;
        Remember(time, metric);
        double change = before is { } was ? metric / Math.Abs(was) - Math.Sign(was) : double.NaN;
        if (double.IsFinite(change)) SendFigure(e with { Metric = change });
    }

    void Remember(long time, double metric)
    {
        if (recent.Count > 0 && time - remembered < Math.Max(span.Ticks / Slices, 1)) return;
        recent.Enqueue((time, metric));
        remembered = time;
    }

    protected internal override int StateVersion => 2;

    protected override void Save(StateWriter state)
    {
        own.Save(state);
        state.Write(remembered);
        state.Write(before.HasValue);
        if (before is { } was) state.Write(was);
        state.Write(recent.Count);
        foreach ((long time, double metric) in recent)
        {
            state.Write(time);
            state.Write(metric);
        }
    }

    protected override void Load(StateReader state)
    {
        if (state.Version > 1) own.Load(state);
        else if (state.ReadInt64() is var newest and not long.MinValue) own.Resume(newest, state);
        remembered = state.ReadInt64();
        if (state.ReadBoolean()) before = state.ReadDouble();
        for (int left = state.ReadInt32(); left > 0; left--) recent.Enqueue((state.ReadInt64(), state.ReadDouble()));
    }
}
