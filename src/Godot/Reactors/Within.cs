using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes the events whose metric is between two numbers, both included. Drops the others, and those without a metric. Looks at each
    /// event by itself.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A bound is not a finite number, or the lower one is above the higher one: nothing would pass.
    /// </exception>
    public Reactor Within(double low, double high)
    {
        RecipeRules.Finite(low, "Within's lower bound", nameof(low));
        RecipeRules.Finite(high, "Within's higher bound", nameof(high));
        if (low > high)
            throw new ArgumentException($"Nothing is within {RecipeText.Of(low)} and {RecipeText.Of(high)}; swap the bounds.", nameof(low));
        return Add(new FilterStep($"Within({RecipeText.Of(low)}, {RecipeText.Of(high)})", new WithinFilter(low, high)));
    }
}

sealed class WithinFilter(double low, double high) : Filter
{
    public override FieldSet? Looks => FieldSet.Metric;

    public override (double Least, double Greatest)? Metrics => (low, high);

    public override bool Passes(EventView e) => e.Metric >= low && e.Metric <= high;
}
