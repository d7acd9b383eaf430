using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by the mean of it and those before it, <paramref name="count"/> events together; of
    /// fewer while there are fewer. Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted; so is the average if the sum is too large for a number. Nothing but the metric
    /// changes: the original's variance and standard deviation in <c>meta</c> are left to verbs of their own. Memory: 8 bytes per key and
    /// event of the window.
    /// </remarks>
    /// <param name="count">How many events are averaged.</param>
    /// <param name="atLeast">While there are fewer, nothing passes. Default 1.</param>
    /// <exception cref="ArgumentException">The count is below 1, or <paramref name="atLeast"/> is below 1 or above the count.</exception>
    public Reactor MovingAverage(int count, int atLeast = 1)
    {
        RecipeRules.AtLeast(1, count, "MovingAverage's count", nameof(count));
        string least = RecipeRules.AtLeast(1, atLeast, count, "MovingAverage");
        return Add($"MovingAverage({count}{least})", Scope.Series, () => new CountAverageStage(count, atLeast));
    }

    /// <summary>
    /// Passes every event with its metric replaced by the mean of it and all that arrived less than <paramref name="window"/> before it.
    /// Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted; so is the average if the sum is too large for a number. Time is that of
    /// arrival, not the events' own, so that a host with a wrong clock is averaged like the others. Events within a thousandth of the
    /// window of each other leave it together; so memory is at most 48 KB per key, whatever the rate, and 24 bytes per event where they are
    /// few. It has no timer: nothing comes out between events.
    /// </remarks>
    /// <param name="window">How long a metric counts.</param>
    /// <param name="atLeast">
    /// While fewer metrics are in the window, nothing passes: so one bad request of a quiet minute is not 100 %. Default 1.
    /// </param>
    /// <exception cref="ArgumentException">The window is not longer than zero, or <paramref name="atLeast"/> is below 1.</exception>
    public Reactor MovingAverage(TimeSpan window, int atLeast = 1)
    {
        RecipeRules.Positive(window, "MovingAverage's window", nameof(window));
        string least = RecipeRules.AtLeast(1, atLeast, "MovingAverage");
        return Add($"MovingAverage({RecipeText.Of(window)}{least})", Scope.Series,
            () => new MovingTimeStage<Average>(window, Average.Of, all => all.Count >= atLeast ? all.Value : double.NaN));
    }
}

sealed class CountAverageStage(int count, int atLeast) : CountWindowStage<Total>(count)
{
    protected internal override string? StateShape => $"{Size}";

    protected override void On(EventView e, ref CountWindow<Total> window)
    {
        if (e.Metric is not { } metric) return;
        Counts(e);
        Total total = window.Add(Total.Of(metric), Size, Rings);
        double mean = Figure(total, window.Held(Size));
        if (window.Held(Size) >= atLeast && double.IsFinite(mean)) SendFigure(e with { Metric = mean });
    }

    protected override double Figure(Total total, int held) => total.Value / held;
}
