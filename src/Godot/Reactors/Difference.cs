using Godot.Statistics;

namespace Godot;

public sealed partial class BatchReactor
{
    /// <summary>Emits, of each batch, one event with the first metric less all others. Looks at each batch by itself.</summary>
    /// <remarks>
    /// The rest is that of the batch's last event; so is the time, if the window goes by the events' own, otherwise it is now. Which number
    /// is which depends on its place: of a batch in which an event has no metric, nothing passes. Nor does a result that is beyond the
    /// range of a double.
    /// </remarks>
    public Reactor Difference() => FoldWhole(nameof(Difference), Folds.Difference);
}
