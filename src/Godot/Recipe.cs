using Godot.Recipes;

namespace Godot;

/// <summary>
/// What a server runs: a <see cref="Reactor"/> (its last verb emits events) or a <see cref="BatchReactor"/> (lists of events). Immutable;
/// one recipe may run in many engines at once, each run has its own state.
/// </summary>
public abstract class Recipe : IOutputs<Recipe>
{
    private protected Recipe(Recipe? before, Step? step) => (Before, Step) = (before, step);

    /// <summary>The recipe up to its last verb; null in an empty one.</summary>
    internal Recipe? Before { get; }

    /// <summary>The last verb; null in an empty recipe.</summary>
    internal Step? Step { get; }

    /// <summary>The recipe, and one more verb that emits what that recipe's last one does: a recipe of the same kind.</summary>
    internal abstract Recipe Add(Step step);

    Recipe IOutputs<Recipe>.Add(OutputStep output) => Add(output);

    /// <summary>The verbs, first to last.</summary>
    internal IReadOnlyList<Step> Steps()
    {
        List<Step> steps = [];
        for (Recipe? at = this; at?.Step is { } step; at = at.Before) steps.Add(step);
        steps.Reverse();
        return steps;
    }

    /// <summary>The recipe as it was written, such as <c>Where("service", "cpu").Over(50)</c>.</summary>
    public override string ToString() => string.Join('.', Steps());
}
