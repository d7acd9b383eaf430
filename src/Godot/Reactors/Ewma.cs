using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by the exponentially weighted average: <paramref name="alpha"/> times the metric, plus
    /// the rest times the average before. It begins with the first metric. Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted. For events every so often and an average over so long,
    /// <c>1 - Math.Exp(-often / long)</c> is a good alpha; where events come irregularly, give a half-life instead. Memory: 16 bytes per
    /// key.
    /// </remarks>
    /// <param name="alpha">The share of a new metric: above 0, and at most 1, which changes nothing.</param>
    /// <param name="atLeast">
    /// While the key had fewer metrics, nothing passes: so a first one that is high is not taken for the average. Default 1.
    /// </param>
    /// <exception cref="ArgumentException">Alpha is not above 0 and at most 1, or <paramref name="atLeast"/> is below 1.</exception>
    public Reactor Ewma(double alpha, int atLeast = 1)
    {
        if (!(alpha > 0 && alpha <= 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Ewma's alpha must be above 0 and at most 1.");
        string least = RecipeRules.AtLeast(1, atLeast, "Ewma");
        return Add($"Ewma({RecipeText.Of(alpha)}{least})", Scope.Series, () => new EwmaStage(alpha, atLeast));
    }

    /// <summary>
    /// Passes every event with its metric replaced by the exponentially weighted average by time: one half-life after the metric went from
    /// one level to another, the average is half way. It begins with the first metric. Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted. Metrics of the same instant count as their mean. Time is that of arrival, so
    /// that a host with a wrong clock is averaged like the others; or, if a lateness is given, the events' own. One ahead of the clock then
    /// counts as of its arrival. Memory: 72 bytes per key.
    /// </remarks>
    /// <param name="halfLife">How long until a metric counts half.</param>
    /// <param name="lateness">
    /// Go by the events' own time, and by how much an event may be older than the newest: it then counts as of the same time as that. One
    /// that is still older is dropped and counted as late. Default: go by arrival, and none is late.
    /// </param>
    /// <param name="atLeast">While the key had fewer metrics, nothing passes. Default 1.</param>
    /// <exception cref="ArgumentException">
    /// The half-life is not longer than zero, the lateness is negative, or <paramref name="atLeast"/> is below 1.
    /// </exception>
    public Reactor Ewma(TimeSpan halfLife, TimeSpan? lateness = null, int atLeast = 1)
    {
        RecipeRules.Positive(halfLife, "Ewma's half-life", nameof(halfLife));
        if (lateness is { } allowed) RecipeRules.NotNegative(allowed, "Ewma's lateness", nameof(lateness));
        string text = lateness is { } late ? $", lateness: {RecipeText.Of(late)}" : "";
        string least = RecipeRules.AtLeast(1, atLeast, "Ewma");
        return Add($"Ewma({RecipeText.Of(halfLife)}{text}{least})", Scope.Series, () => new HalfLifeStage(halfLife, lateness, atLeast));
    }
}

sealed class EwmaStage(double alpha, int atLeast) : Stage<ExponentialMean>
{
    protected internal override string? StateShape => "by count";

    protected internal override int StateVersion => 2;

    protected override void On(EventView e, ref ExponentialMean mean)
    {
        if (e.Metric is not { } metric) return;
        Counts(e);
        double average = mean.Add(metric, alpha);
        if (mean.Count >= atLeast) SendFigure(e with { Metric = average });
    }

    protected override string? Describe(ref readonly ExponentialMean mean) => InWords.Average(mean.Mean, mean.Count, atLeast);

    protected override void Save(ref readonly ExponentialMean mean, StateWriter writer) => mean.Save(writer);

    protected override void Load(ref ExponentialMean mean, StateReader reader) => mean.Load(reader);
}

sealed class HalfLifeStage(TimeSpan halfLife, TimeSpan? lateness, int atLeast) : Stage<HalfLifeStage.State>
{
    protected internal override string? StateShape => lateness.HasValue ? "by own time" : "by arrival";

    // What is left of a metric then is lost in the next one's rounding.
    protected internal override TimeSpan Remembers => AtLeast(64 * halfLife);

    public struct State
    {
        public DecayingMean Mean;

        // Only with a lateness.
        public OwnTime Time;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Metric is not { } metric) return;
        long time = lateness.HasValue ? state.Time.Of(e, this) : Now;
        if (lateness is { } allowed && state.Mean.IsAhead(of: time, by: allowed.Ticks))
        {
            CountLate();
            return;
        }
        Counts(e);
        double average = state.Mean.Add(metric, time, halfLife.Ticks);
        if (state.Mean.Count >= atLeast) SendFigure(e with { Metric = average });
    }

    protected override string? Describe(ref readonly State state) => InWords.Average(state.Mean.Mean, state.Mean.Count, atLeast);

    protected internal override int StateVersion => 3;

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        state.Mean.Save(writer, Start);
        if (lateness.HasValue) state.Time.Save(writer);
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state.Mean.Load(reader, Start);
        if (!lateness.HasValue) return;
        if (reader.Version > 1) state.Time.Load(reader);
        else state.Time.Resume(state.Mean.Instant, reader);
    }

    // Times of arrival are counted from the start of this run, the others by the calendar.
    long Start => lateness.HasValue ? 0 : Now;
}
