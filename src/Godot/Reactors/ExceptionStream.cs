using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Runs a recipe, and emits what it emits; an event that is lost in it because a stage throws goes to another recipe, with the state
    /// "exception" and the exception's type and message as description.
    /// </summary>
    /// <remarks>
    /// The event is lost, counted and logged as always; this is how somebody is told. What the other recipe emits goes nowhere but to its
    /// own outputs. An exception in a timer has no event and only is counted. Scope: each recipe's verbs have their own.
    /// </remarks>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    /// <param name="failed">Continues the recipe of the lost events: <c>lost => lost.Limit(1, hour).Email("dev@host.com")</c>.</param>
    public Reactor ExceptionStream(Func<Reactor, Reactor> inner, Func<Reactor, Recipe> failed)
    {
        Recipe runs = InnerRecipe.Build(inner), told = InnerRecipe.Build(failed);
        return Add(new ExceptionStep($"ExceptionStream({InnerRecipe.Lambda(runs)}, {InnerRecipe.Lambda(told)})", runs, told));
    }
}

/// <summary>What <c>ExceptionStream</c> makes of an event that was lost.</summary>
static class ExceptionText
{
    public static EventView In(EventView e, Exception thrown) =>
        e with { State = "exception", Description = $"{thrown.GetType().Name}: {Thrown.MessageOf(thrown)}" };
}
