using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by a quantile of it and those before it, <paramref name="count"/> events together; of
    /// fewer while there are fewer. Scope: each series.
    /// </summary>
    /// <remarks>
    /// It is exact; between two metrics it is taken in proportion, as spreadsheets do. An event without a metric is dropped and not
    /// counted. Memory: 16 bytes per key and event of the window. No timer. For many events, or a span of time, <c>Percentiles</c> needs
    /// less.
    /// </remarks>
    /// <param name="quantile">The share of metrics below it: 0 is the least, 0.5 the median, 1 the greatest.</param>
    /// <param name="count">How many events are looked at together, 1 to 100,000.</param>
    /// <param name="atLeast">While there are fewer, nothing passes. Default 1.</param>
    /// <exception cref="ArgumentException">
    /// The quantile is not from 0 to 1, the count is out of its range, or <paramref name="atLeast"/> is below 1 or above the count.
    /// </exception>
    public Reactor MovingQuantile(double quantile, int count, int atLeast = 1)
    {
        RecipeRules.Share(quantile, "MovingQuantile's quantile", nameof(quantile));
        MovingQuantileStage.Check(count, "MovingQuantile's count", nameof(count));
        string least = RecipeRules.AtLeast(1, atLeast, count, "MovingQuantile");
        return Add($"MovingQuantile({RecipeText.Of(quantile)}, {count}{least})", Scope.Series,
            () => new MovingQuantileStage(quantile, count, atLeast));
    }
}

sealed class MovingQuantileStage(double quantile, int count, int atLeast) : Stage
{
    // Every event moves, on average, half of the sorted metrics.
    const int Most = 100_000;

    readonly OrderedWindow window = new(count);

    public static void Check(int count, string what, string parameter)
    {
        RecipeRules.AtLeast(1, count, what, parameter);
        if (count > Most)
            throw new ArgumentOutOfRangeException(parameter, count,
                $"{what} must be at most {Most}; Percentiles takes any number of events.");
    }

    public override void On(EventView e)
    {
        if (e.Metric is not { } metric) return;
        Counts(e);
        window.Add(metric);
        if (window.Held >= atLeast) SendFigure(e with { Metric = window.Quantile(quantile) });
    }

    protected override void Save(StateWriter state) => window.Save(state);

    protected override void Load(StateReader state) => window.Load(state);
}
