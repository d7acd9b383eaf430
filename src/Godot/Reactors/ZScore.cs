using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by how unusual it is. It says by how many standard deviations the metric lies above, or
    /// below, the mean of the <paramref name="count"/> events before it: <c>ZScore(100).Over(3)</c>. Scope: each series.
    /// </summary>
    /// <remarks>
    /// Nothing passes until so many events with a metric have come. An event without a metric is dropped and not counted; so is a score
    /// that cannot be told, because metrics are so large that their squares are not numbers any more. Where those before it were all equal,
    /// an equal one scores 0 and any other the largest number there is, with its sign. An anomaly is itself part of what the next ones are
    /// compared with. A large common offset costs no digits. Memory: 24 bytes per key and event of the window. No timer.
    /// </remarks>
    /// <param name="count">How many events are compared with, at least 2.</param>
    /// <exception cref="ArgumentException">The count is below 2.</exception>
    public Reactor ZScore(int count)
    {
        RecipeRules.AtLeast(2, count, "ZScore's count", nameof(count));
        return Add($"ZScore({count})", Scope.Series, () => new CountScoreStage(count));
    }

    /// <summary>
    /// Passes every event with its metric replaced by how unusual it is. It says by how many standard deviations the metric lies above, or
    /// below, the mean of all that arrived less than <paramref name="window"/> before it. Scope: each series.
    /// </summary>
    /// <remarks>
    /// Nothing passes until a window's time after the first metric, or while there are not two others in the window, or as many as you say.
    /// An event without a
    /// metric is dropped and not counted; so is a score that cannot be told, because metrics are so large that their squares are no numbers
    /// any more. Where those before it were all equal, an equal one scores 0 and any other the largest number there is, with its sign. An
    /// anomaly is itself part of what the next ones are compared with. Time is that of arrival, not the events' own. Events within a
    /// thousandth of the window of each other leave it together; so memory is at most 64 KB per key, whatever the rate, and 32 bytes per
    /// event where they are few. No timer.
    /// </remarks>
    /// <param name="window">How long a metric counts.</param>
    /// <param name="atLeast">With how many others a metric is compared at least. Default 2.</param>
    /// <exception cref="ArgumentException">The window is not longer than zero, or <paramref name="atLeast"/> is below 2.</exception>
    public Reactor ZScore(TimeSpan window, int atLeast = 2)
    {
        RecipeRules.Positive(window, "ZScore's window", nameof(window));
        RecipeRules.AtLeast(2, atLeast, "ZScore's atLeast", nameof(atLeast));
        string least = RecipeRules.AtLeast(2, atLeast, "ZScore");
        return Add($"ZScore({RecipeText.Of(window)}{least})", Scope.Series, () => new TimeScoreStage(window, atLeast));
    }
}

sealed class CountScoreStage(int count) : CountWindowStage<Moments>(count)
{
    protected override void On(EventView e, ref CountWindow<Moments> window)
    {
        if (e.Metric is not { } metric) return;
        Counts(e);
        Moments before = window.Held(Size) == Size ? window.Total(Size, Rings) : default;
        window.Add(Moments.Of(metric), Size, Rings);
        double score = StandardScore.Of(metric, before.Mean, before.Deviation);
        if (before.Count > 0 && double.IsFinite(score)) SendFigure(e with { Metric = score });
    }

    protected override double Figure(Moments total, int held) => total.Mean;
}

sealed class TimeScoreStage(TimeSpan window, int atLeast) : Stage<TimeScoreStage.State>
{
    protected internal override string? StateShape => "by arrival";

    protected internal override TimeSpan Remembers => AtLeast(window);

    public struct State
    {
        public SlidingWindow<Moments> Window;

        // When the first metric arrived.
        public long? Began;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Metric is not { } metric) return;
        Counts(e);
        state.Began ??= Now;
        Moments? before = state.Window.Until(Now, window.Ticks);
        state.Window.Add(Moments.Of(metric), Now, window.Ticks);
        if (Now - state.Began < window.Ticks || before is not { } others || others.Count < atLeast) return;
        double score = StandardScore.Of(metric, others.Mean, others.Deviation);
        if (double.IsFinite(score)) SendFigure(e with { Metric = score });
    }

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        writer.Write(state.Began.HasValue);
        if (state.Began is not { } began) return;
        writer.WriteMoment(began);
        state.Window.Save(writer, Now);
    }

    protected override void Load(ref State state, StateReader reader)
    {
        if (!reader.ReadBoolean()) return;
        state.Began = reader.ReadMoment();
        state.Window.Load(reader, Now);
    }
}
