using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes the events whose metric is less than the threshold. Drops the others, and those without a metric. Looks at each event by
    /// itself.
    /// </summary>
    /// <exception cref="ArgumentException">The threshold is not a finite number.</exception>
    public Reactor Under(double threshold)
    {
        RecipeRules.Finite(threshold, "Under's threshold", nameof(threshold));
        return Add(new FilterStep($"Under({RecipeText.Of(threshold)})", new UnderFilter(threshold)));
    }
}

sealed class UnderFilter(double threshold) : Filter
{
    public override FieldSet? Looks => FieldSet.Metric;

    public override (double Least, double Greatest)? Metrics => (double.MinValue, Math.BitDecrement(threshold));

    public override bool Passes(EventView e) => e.Metric < threshold;
}
