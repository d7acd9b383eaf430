using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Passes every event with its metric replaced by the sum of it and all before it. Scope: all.</summary>
    /// <remarks>
    /// Host and service are there if all that count have the same.
    /// An event without a metric is dropped and not counted; so is one that would take the sum beyond the range of a double. What rounding
    /// takes is kept and added later, so that nothing drifts. The sum begins anew when its key is freed. Memory: 24 bytes per key. It has
    /// no timer, and time makes no difference.
    /// </remarks>
    public Reactor Sum() => Add("Sum()", Scope.All, static () => new RunningStage(static (sum, _) => sum));

    /// <summary>
    /// At the end of every interval in which events with a metric came, emits the last of them with the sum of their metrics; its time is
    /// now. Nothing else passes. Scope: all.
    /// </summary>
    /// <remarks>
    /// Host and service are there if all that count have the same.
    /// Events without a metric are left out; so is one that would take the sum beyond the range of a double. Intervals go by arrival: the
    /// first begins with the first event, and they follow each other without a gap. When the server stops, the sum so far is emitted.
    /// Memory: the last event per key. One timer per key, and only while there is something to emit.
    /// </remarks>
    /// <exception cref="ArgumentException">The interval is not longer than zero.</exception>
    public Reactor Sum(TimeSpan interval)
    {
        RecipeRules.Positive(interval, "Sum's interval", nameof(interval));
        return Add($"Sum({RecipeText.Of(interval)})", Scope.All, () => new IntervalStage(interval, static (sum, _) => sum));
    }
}

public sealed partial class BatchReactor
{
    /// <summary>Emits, of each batch, one event with the sum of the metrics. Looks at each batch by itself.</summary>
    /// <remarks>
    /// Host and service are there if all of them have the same; the rest is that of the batch's last event with a metric; so is the time,
    /// if the window goes by the events' own, otherwise it is now. Events
    /// without a metric are left out; of a batch in which none has one, nothing passes. Nor does a result that is beyond the range of a
    /// double.
    /// </remarks>
    public Reactor Sum() => Fold(nameof(Sum), Folds.Sum);
}
