using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by the greatest metric of it and those before it, <paramref name="count"/> events
    /// together; of fewer while there are fewer. Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted. Memory: 8 bytes per key and event of the window. No timer.
    /// </remarks>
    /// <exception cref="ArgumentException">The count is below 1.</exception>
    public Reactor MovingMaximum(int count)
    {
        RecipeRules.AtLeast(1, count, "MovingMaximum's count", nameof(count));
        return Add($"MovingMaximum({count})", Scope.Series, () => new MovingCountStage<Maximum>(count, Maximum.Of, all => all.Value));
    }

    /// <summary>
    /// Passes every event with its metric replaced by the greatest metric of it and all that arrived less than <paramref name="window"/>
    /// before it. Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted. Time is that of arrival, not the events' own. Events within a thousandth of
    /// the window of each other leave it together; so memory is at most 32 KB per key, whatever the rate, and 16 bytes per event where they
    /// are few. No timer: nothing comes out between events.
    /// </remarks>
    /// <exception cref="ArgumentException">The window is not longer than zero.</exception>
    public Reactor MovingMaximum(TimeSpan window)
    {
        RecipeRules.Positive(window, "MovingMaximum's window", nameof(window));
        return Add($"MovingMaximum({RecipeText.Of(window)})", Scope.Series,
            () => new MovingTimeStage<Maximum>(window, Maximum.Of, all => all.Value));
    }
}
