using System.Runtime.CompilerServices;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Hands every event to each of these recipes, in their order, and then passes it on unchanged. What the recipes emit goes nowhere but
    /// to their own outputs.
    /// </summary>
    /// <remarks>Events are immutable: no recipe sees what another has made of them. Scope: each recipe's verbs have their own.</remarks>
    /// <param name="branches">Recipes of their own, such as <c>Reactor.Over(90).Email("ops@host.com")</c>. None: everything passes.</param>
    [OverloadResolutionPriority(1)]
    public Reactor Around(params ReadOnlySpan<Recipe> branches)
    {
        foreach (Recipe branch in branches) ArgumentNullException.ThrowIfNull(branch, nameof(branches));
        Recipe[] all = branches.ToArray();
        return Add(new AroundStep($"Around({string.Join(", ", all.Select(InnerRecipe.Lambda))})", all));
    }

    /// <inheritdoc cref="Around(ReadOnlySpan{Recipe})"/>
    /// <param name="branches">
    /// Functions that continue the recipe that they are handed: <c>r => r.Over(90).Email("ops@host.com")</c>.
    /// </param>
    public Reactor Around(params ReadOnlySpan<Func<Reactor, Recipe>> branches)
    {
        List<Recipe> recipes = [];
        foreach (Func<Reactor, Recipe> branch in branches) recipes.Add(InnerRecipe.Build(branch));
        return Around([.. recipes]);
    }
}
