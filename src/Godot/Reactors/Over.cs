using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes the events whose metric is greater than the threshold. Drops the others, and those without a metric. Looks at each event by
    /// itself.
    /// </summary>
    /// <exception cref="ArgumentException">The threshold is not a finite number.</exception>
    public Reactor Over(double threshold)
    {
        RecipeRules.Finite(threshold, "Over's threshold", nameof(threshold));
        return Add(new FilterStep($"Over({RecipeText.Of(threshold)})", new OverFilter(threshold)));
    }
}

sealed class OverFilter(double threshold) : Filter
{
    public override FieldSet? Looks => FieldSet.Metric;

    public override (double Least, double Greatest)? Metrics => (Math.BitIncrement(threshold), double.MaxValue);

    public override bool Passes(EventView e) => e.Metric > threshold;
}
