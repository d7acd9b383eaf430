using Godot.Statistics;

namespace Godot;

public sealed partial class BatchReactor
{
    /// <summary>
    /// Emits, of each batch, one event with the median of the metrics: the middle one, or, of an even number of them, the mean of the two
    /// in the middle. Looks at each batch by itself.
    /// </summary>
    /// <remarks>
    /// Host and service are there if all of them have the same; the rest is that of the batch's last event with a metric; so is the time,
    /// if the window goes by the events' own, otherwise it is now. Events
    /// without a metric are left out; of a batch in which none has one, nothing passes.
    /// </remarks>
    public Reactor Median() => Fold(nameof(Median), Folds.Median);
}
