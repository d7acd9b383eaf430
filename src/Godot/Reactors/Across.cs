using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Runs a recipe over everything together, and emits what it emits: <c>Across(r => r.MovingAverage(10))</c> is one average over all
    /// hosts and services. All verbs inside see all events, whatever their own scope. Scope: all.
    /// </summary>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    public Reactor Across(Func<Reactor, Reactor> inner)
    {
        Recipe recipe = InnerRecipe.Build(inner);
        return Add(new ScopeStep($"Across({InnerRecipe.Lambda(recipe)})", null, recipe));
    }

    /// <inheritdoc cref="Across(Func{Reactor, Reactor})"/>
    public BatchReactor Across(Func<Reactor, BatchReactor> inner)
    {
        Recipe recipe = InnerRecipe.Build(inner);
        return new(this, new ScopeStep($"Across({InnerRecipe.Lambda(recipe)})", null, recipe));
    }

    /// <summary>The same with an alert: one incident for all events together.</summary>
    /// <inheritdoc cref="Across(Func{Reactor, Reactor})"/>
    public AlertReactor Across(Func<Reactor, AlertReactor> inner)
    {
        Recipe recipe = InnerRecipe.Build(inner);
        return new(this, new ScopeStep($"Across({InnerRecipe.Lambda(recipe)})", null, recipe));
    }
}
