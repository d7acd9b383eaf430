using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by the sum of it and those before it, <paramref name="count"/> events together; of fewer
    /// while there are fewer. Scope: all.
    /// </summary>
    /// <remarks>
    /// Host and service are there if all that came have the same.
    /// An event without a metric is dropped and not counted; one whose sum would be beyond the range of a double is dropped and counts.
    /// Time makes no difference, and it has no timer. Memory: 8 bytes per key and event of the window.
    /// </remarks>
    /// <exception cref="ArgumentException">The count is below 1.</exception>
    public Reactor MovingSum(int count)
    {
        RecipeRules.AtLeast(1, count, "MovingSum's count", nameof(count));
        return Add($"MovingSum({count})", Scope.All, () => new MovingCountStage<Total>(count, Total.Of, all => all.Value));
    }

    /// <summary>
    /// Passes every event with its metric replaced by the sum of it and all that arrived less than <paramref name="window"/> before it.
    /// Scope: all.
    /// </summary>
    /// <remarks>
    /// Host and service are there if all that came have the same.
    /// An event without a metric is dropped and not counted; one whose sum would be beyond the range of a double is dropped and counts.
    /// Time is that of arrival, not the events' own. Events within a thousandth of the window of each other leave it together; so memory is
    /// at most 48 KB per key, whatever the rate. It has no timer: nothing comes out between events.
    /// </remarks>
    /// <exception cref="ArgumentException">The window is not longer than zero.</exception>
    public Reactor MovingSum(TimeSpan window)
    {
        RecipeRules.Positive(window, "MovingSum's window", nameof(window));
        return Add($"MovingSum({RecipeText.Of(window)})", Scope.All, () => new MovingTimeStage<Total>(window, Total.Of, all => all.Value));
    }
}
