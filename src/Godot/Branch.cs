using System.Runtime.CompilerServices;
using Godot.Recipes;

namespace Godot;

/// <summary>One of the ways that <see cref="Reactor.Split"/> knows: which events it takes, and the recipe for them.</summary>
public sealed class Branch
{
    Branch(string label, Filter? filter, Func<Reactor, Recipe> inner) => (Label, Filter, Inner) = (label, filter, InnerRecipe.Build(inner));

    /// <summary>Its condition as it was written; "else" if it has none.</summary>
    internal string Label { get; }

    /// <summary>Which events it takes; null: all.</summary>
    internal Filter? Filter { get; }

    internal Recipe Inner { get; }

    /// <summary>Takes the events whose field matches.</summary>
    /// <param name="field">As in <see cref="Reactor.Where(Field, Matcher)"/>.</param>
    /// <param name="match">As in <see cref="Reactor.Where(Field, Matcher)"/>.</param>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    /// <exception cref="ArgumentException">There is no such field, or it is never a number and a number was given.</exception>
    public static Branch When(Field field, Matcher match, Func<Reactor, Recipe> inner)
    {
        FieldFilter filter = new(field, match);
        return new(filter.ToString(), filter, inner);
    }

    /// <summary>Takes the events for which the function says true.</summary>
    /// <param name="test">Called from several threads at once. If it throws, the event is lost in this reactor, and counted.</param>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public static Branch When(Func<EventView, bool> test, Func<Reactor, Recipe> inner,
        [CallerArgumentExpression(nameof(test))] string text = "") =>
        new(text, new FunctionFilter(test), inner);

    /// <summary>Takes all that the branches before it did not.</summary>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    public static Branch Else(Func<Reactor, Recipe> inner) => new("else", null, inner);

    /// <summary>The branch as it was written.</summary>
    public override string ToString() =>
        Filter is null ? $"Branch.Else({InnerRecipe.Lambda(Inner)})" : $"Branch.When({Label}, {InnerRecipe.Lambda(Inner)})";
}
