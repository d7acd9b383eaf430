using System.Runtime.CompilerServices;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Hands each event to the first branch that takes it, and emits what the branches emit; drops an event that none takes.
    /// </summary>
    /// <remarks>
    /// Branches are asked in their order; <see cref="Branch.Else(Func{Reactor, Recipe})"/> takes what is left, and stands last. What the branches emit comes out in the order in which the events
    /// arrived. The verbs inside have their own scopes, or that of the <c>By</c> or <c>Across</c> around them. A branch that ends in batches emits them to its own outputs alone.
    /// </remarks>
    /// <param name="branches">Such as <c>Branch.When("state", "critical", r => r.Email("pager@host.com"))</c>.</param>
    /// <exception cref="ArgumentException">There is no branch, or one stands behind an <c>Else</c>: nothing would reach it.</exception>
    public Reactor Split(params ReadOnlySpan<Branch> branches)
    {
        Branch[] all = branches.ToArray();
        if (all.Length == 0) throw new ArgumentException("Give Split at least one branch; as it is, nothing would pass.", nameof(branches));
        foreach (Branch branch in all) ArgumentNullException.ThrowIfNull(branch, nameof(branches));
        if (Array.FindIndex(all, branch => branch.Filter is null) is var otherwise and >= 0 && otherwise < all.Length - 1)
            throw new ArgumentException("Nothing reaches a branch behind Else; put Else last.", nameof(branches));
        return Add(new SplitStep($"Split({string.Join(", ", all.AsEnumerable())})", all));
    }
}

/// <summary>One of the ways that <see cref="Reactor.Split"/> knows: which events it takes, and the recipe for them.</summary>
public sealed class Branch
{
    Branch(string label, Filter? filter, Func<Reactor, Recipe> inner) => (Label, Filter, Inner) = (label, filter, ScopeText.Build(inner));

    /// <summary>Its condition as it was written; "else" if it has none.</summary>
    internal string Label { get; }

    /// <summary>Which events it takes; null: all.</summary>
    internal Filter? Filter { get; }

    internal Recipe Inner { get; }

    /// <summary>Takes the events whose field matches.</summary>
    /// <param name="field">As in <see cref="Reactor.Where(Field, Match)"/>.</param>
    /// <param name="match">As in <see cref="Reactor.Where(Field, Match)"/>.</param>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    /// <exception cref="ArgumentException">There is no such field, or it is never a number and a number was given.</exception>
    public static Branch When(Field field, Match match, Func<Reactor, Recipe> inner)
    {
        FieldFilter filter = new(field, match);
        return new(filter.ToString(), filter, inner);
    }

    /// <summary>Takes the events for which the function says true.</summary>
    /// <param name="test">Called from several threads at once. If it throws, the event is lost in this reactor, and counted.</param>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public static Branch When(Func<EventView, bool> test, Func<Reactor, Recipe> inner, [CallerArgumentExpression(nameof(test))] string text = "") =>
        new(text, new FunctionFilter(test), inner);

    /// <summary>Takes all that the branches before it did not.</summary>
    /// <param name="inner">Continues the recipe that it is handed.</param>
    public static Branch Else(Func<Reactor, Recipe> inner) => new("else", null, inner);

    /// <summary>The branch as it was written.</summary>
    public override string ToString() => Filter is null ? $"Branch.Else({ScopeText.Lambda(Inner)})" : $"Branch.When({Label}, {ScopeText.Lambda(Inner)})";
}

public static partial class ReactorStart
{
    extension(Reactor)
    {
        /// <inheritdoc cref="Reactor.Split(ReadOnlySpan{Branch})"/>
        public static Reactor Split(params ReadOnlySpan<Branch> branches) => Reactor.Empty.Split(branches);
    }
}
