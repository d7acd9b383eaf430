using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// At the end of every interval in which events with a metric came, emits the last of them with the sum of their metrics per second;
    /// its time is now. Nothing else passes. Scope: all.
    /// </summary>
    /// <remarks>
    /// Host and service are there if all that count have the same.
    /// For events that each say how many there were: 30 requests and 60 requests in 10 seconds are 9 per second. Events without a metric
    /// are left out; so is one that would take the sum, or the rate, beyond the range of a double. Intervals go by arrival: the first
    /// begins with the first event, and they follow each other without a gap. When the server stops, the interval is taken for over.
    /// Memory: the last event per key. One timer per key, and only while there is something to emit.
    /// </remarks>
    /// <exception cref="ArgumentException">The interval is not longer than zero.</exception>
    public Reactor Rate(TimeSpan interval)
    {
        RecipeRules.Positive(interval, "Rate's interval", nameof(interval));
        return Add($"Rate({RecipeText.Of(interval)})", Scope.All,
            () => new IntervalStage(interval, (sum, _) => sum / interval.TotalSeconds));
    }
}
