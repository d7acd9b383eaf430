using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by the median of it and those before it, <paramref name="count"/> events together; of
    /// fewer while there are fewer. A single outlier does not show. Scope: each series.
    /// </summary>
    /// <remarks>
    /// Of an even number of metrics it is the mean of the two in the middle. An event without a metric is dropped and not counted. Memory:
    /// 16 bytes per key and event of the window. No timer.
    /// </remarks>
    /// <param name="count">How many events are looked at together, 1 to 100,000.</param>
    /// <param name="atLeast">While there are fewer, nothing passes. Default 1.</param>
    /// <exception cref="ArgumentException">
    /// The count is out of its range, or <paramref name="atLeast"/> is below 1 or above the count.
    /// </exception>
    public Reactor MovingMedian(int count, int atLeast = 1)
    {
        MovingQuantileStage.Check(count, "MovingMedian's count", nameof(count));
        string least = RecipeRules.AtLeast(1, atLeast, count, "MovingMedian");
        return Add($"MovingMedian({count}{least})", Scope.Series, () => new MovingQuantileStage(0.5, count, atLeast));
    }
}
