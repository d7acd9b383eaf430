using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Passes every event with its metric replaced by the mean of it and all before it. Scope: each series.</summary>
    /// <remarks>
    /// An event without a metric is dropped and not counted; so is one that would take the sum of all beyond the range of a double. What
    /// rounding takes is kept, so that nothing drifts. The mean begins anew when its key is freed. Memory: 24 bytes per key. It has no
    /// timer, and time makes no difference. Old metrics weigh as much as new ones: for a mean that forgets them, see
    /// <see cref="MovingAverage(int, int)"/> and <see cref="Ewma(TimeSpan, TimeSpan?, int)"/>.
    /// </remarks>
    /// <param name="atLeast">While the key had fewer metrics, nothing passes. Default 1.</param>
    /// <exception cref="ArgumentException"><paramref name="atLeast"/> is below 1.</exception>
    public Reactor Mean(int atLeast = 1)
    {
        string least = RecipeRules.AtLeast(1, atLeast, "Mean").TrimStart(',', ' ');
        return Add($"Mean({least})", Scope.Series, () => new RunningStage((sum, count) => count >= atLeast ? sum / count : double.NaN));
    }

    /// <summary>
    /// At the end of every interval in which events with a metric came, emits the last of them with the mean of their metrics; its time is
    /// now. Nothing else passes. Scope: each series.
    /// </summary>
    /// <remarks>
    /// Events without a metric are left out; so is one that would take their sum beyond the range of a double. Intervals go by arrival: the
    /// first begins with the first event of the series, and they follow each other without a gap. When the server stops, the mean so far is
    /// emitted. It is what the original calls rate. Memory: the last event per key. One timer per key, and only while there is something to
    /// emit.
    /// </remarks>
    /// <param name="interval">How long metrics are gathered.</param>
    /// <param name="atLeast">Of an interval with fewer metrics nothing is emitted. Default 1.</param>
    /// <exception cref="ArgumentException">The interval is not longer than zero, or <paramref name="atLeast"/> is below 1.</exception>
    public Reactor Mean(TimeSpan interval, int atLeast = 1)
    {
        RecipeRules.Positive(interval, "Mean's interval", nameof(interval));
        string least = RecipeRules.AtLeast(1, atLeast, "Mean");
        return Add($"Mean({RecipeText.Of(interval)}{least})", Scope.Series,
            () => new IntervalStage(interval, (sum, count) => count >= atLeast ? sum / count : double.NaN));
    }
}

public sealed partial class BatchReactor
{
    /// <summary>Emits, of each batch, one event with the mean of the metrics. Looks at each batch by itself.</summary>
    /// <remarks>
    /// Host and service are there if all of them have the same; the rest is that of the batch's last event with a metric; so is the time,
    /// if the window goes by the events' own, otherwise it is now. Events
    /// without a metric are left out; of a batch in which none has one, nothing passes.
    /// </remarks>
    public Reactor Mean() => Fold(nameof(Mean), Folds.Mean);
}
