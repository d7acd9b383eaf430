using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric multiplied by a factor: <c>Scale(100)</c> makes percent of a share. Looks at each event by
    /// itself.
    /// </summary>
    /// <remarks>
    /// An event without a metric passes unchanged. One whose metric would get beyond what a double can hold is dropped. Keeps nothing.
    /// </remarks>
    /// <exception cref="ArgumentException">The factor is not a finite number.</exception>
    public Reactor Scale(double factor)
    {
        RecipeRules.Finite(factor, "Scale's factor", nameof(factor));
        return Add(new StageStep($"Scale({RecipeText.Of(factor)})", Scope.Event, () => new AdjustStage(metric => metric * factor),
            Opaque: true)
            { Keeps = FieldSet.All & ~FieldSet.Metric });
    }
}
