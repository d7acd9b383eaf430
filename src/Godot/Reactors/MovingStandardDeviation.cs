using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by the sample standard deviation of it and those before it, <paramref name="count"/>
    /// events together; of fewer while there are fewer. Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted; the first event of a window passes nothing, since one number does not scatter,
    /// nor do metrics so large that their squares are not numbers any more. A large common offset costs no digits. Memory: 24 bytes per key
    /// and event of the window. No timer.
    /// </remarks>
    /// <param name="count">How many events are looked at together.</param>
    /// <param name="atLeast">While there are fewer, nothing passes. Default 2.</param>
    /// <exception cref="ArgumentException">The count is below 2, or <paramref name="atLeast"/> is below 1 or above the count.</exception>
    public Reactor MovingStandardDeviation(int count, int atLeast = 2)
    {
        RecipeRules.AtLeast(2, count, "MovingStandardDeviation's count", nameof(count));
        string least = RecipeRules.AtLeast(2, atLeast, count, "MovingStandardDeviation");
        return Add($"MovingStandardDeviation({count}{least})", Scope.Series,
            () => new MovingCountStage<Moments>(count, Moments.Of, all => all.Count >= atLeast ? all.Deviation : double.NaN));
    }

    /// <summary>
    /// Passes every event with its metric replaced by the sample standard deviation of it and all that arrived less than
    /// <paramref name="window"/> before it. Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted; the first event of a window passes nothing, since one number does not scatter,
    /// nor do metrics so large that their squares are not numbers any more. A large common offset costs no digits. Time is that of arrival,
    /// not the events' own. Events within a thousandth of the window of each other leave it together; so memory is at most 64 KB per key,
    /// whatever the rate, and 32 bytes per event where they are few. No timer: nothing comes out between events.
    /// </remarks>
    /// <param name="window">How long a metric counts.</param>
    /// <param name="atLeast">While fewer metrics are in the window, nothing passes. Default 2.</param>
    /// <exception cref="ArgumentException">The window is not longer than zero, or <paramref name="atLeast"/> is below 1.</exception>
    public Reactor MovingStandardDeviation(TimeSpan window, int atLeast = 2)
    {
        RecipeRules.Positive(window, "MovingStandardDeviation's window", nameof(window));
        string least = RecipeRules.AtLeast(2, atLeast, "MovingStandardDeviation");
        return Add($"MovingStandardDeviation({RecipeText.Of(window)}{least})", Scope.Series,
            () => new MovingTimeStage<Moments>(window, Moments.Of, all => all.Count >= atLeast ? all.Deviation : double.NaN));
    }
}
