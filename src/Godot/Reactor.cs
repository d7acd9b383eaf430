using System.Runtime.CompilerServices;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

/// <summary>
/// A recipe for events: verbs one after the other, each handed what the one before it emits. Immutable: every verb returns a new recipe,
/// so one can be kept, shared and continued in two ways. Start one with any verb: <c>Reactor.Where("service", "cpu").Over(50)</c>.
/// </summary>
/// <remarks>
/// Each verb says whose events it looks at together: its scope. Verbs about one measurement (averages, Expire, Change) follow each series,
/// that is each (host, service); verbs that gather or limit (Count, Throttle, Rollup) see all that reaches them.
/// <c>By</c> and <c>Across</c> replace both.
/// </remarks>
public sealed partial class Reactor : Recipe, IOutputs<Reactor>
{
    /// <summary>
    /// The recipe without a verb: it emits what it is handed. A recipe that begins with a verb of your own continues this one.
    /// </summary>
    public static Reactor Empty { get; } = new();

    Reactor() : base(null, null)
    {
    }

    internal Reactor(Recipe before, Step step) : base(before, step)
    {
    }

    /// <summary>
    /// Continues with a stage of your own. Scope: each series, unless you say otherwise; inside <c>By</c> and <c>Across</c>, theirs.
    /// </summary>
    /// <param name="make">
    /// Makes a new stage each time it is called. An ordinary <see cref="Stage"/> is made once per key, a <see cref="Stage{TState}"/> once
    /// per lane.
    /// </param>
    /// <param name="scope">
    /// Whose events it looks at together. <see cref="Scope.Event"/>: it looks at no other event than the one that it is handed, and what it
    /// holds is neither kept by key nor saved. Default: each series.
    /// </param>
    /// <param name="verb">
    /// How the recipe's text shows it where it is a verb of your own, such as <c>$"Stuck({times})"</c>: metrics and saved state call the
    /// step by that name, <c>stuck</c>. Default: <c>Then(…)</c>.
    /// </param>
    /// <param name="text">What <c>Then(…)</c> shows; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">The verb is not a name with its arguments in brackets.</exception>
    public Reactor Then(Func<Stage> make, Scope scope = Scope.Series, string? verb = null,
        [CallerArgumentExpression(nameof(make))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(make);
        string shown = scope == Scope.Series ? "" : $", {nameof(Scope)}.{scope}";
        return Add(new StageStep(RecipeRules.Verb(verb, nameof(verb)) ?? $"Then({text}{shown})", scope, make, Opaque: true));
    }

    internal override Reactor Add(Step step) => new(this, step);

    Reactor IOutputs<Reactor>.Add(OutputStep output) => Add(output);

    /// <summary>Continues with a stage of ours.</summary>
    internal Reactor Add(string text, Scope scope, Func<Stage> make, bool opaque = false) => Add(new StageStep(text, scope, make, opaque));
}
