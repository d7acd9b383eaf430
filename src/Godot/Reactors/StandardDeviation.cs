using Godot.Statistics;

namespace Godot;

public sealed partial class BatchReactor
{
    /// <summary>
    /// Emits, of each batch, one event with the standard deviation of the metrics; 0 for a single one. Looks at each batch by itself.
    /// </summary>
    /// <remarks>
    /// It is that of the batch itself, not an estimate for more than was in it: the squares are divided by the number of metrics, as
    /// Riemann does. The rest is that of the batch's last event with a metric; so is the time, if the window goes by the events' own,
    /// otherwise it is now. Events without a metric are left out; of a batch in which none has one, nothing passes. Nor does a result that
    /// is beyond the range of a double.
    /// </remarks>
    public Reactor StandardDeviation() => Fold(nameof(StandardDeviation), Folds.StandardDeviation);
}
