using System.Runtime.CompilerServices;
using Godot.Common;
using Godot.Recipes;

namespace Godot;

/// <summary>
/// A recipe whose last verb emits lists of events, such as <c>Rollup</c>. Its verbs take lists, so a chain without meaning does not
/// compile.
/// </summary>
public sealed partial class BatchReactor : Recipe, IOutputs<BatchReactor>
{
    internal BatchReactor(Recipe before, Step step) : base(before, step)
    {
    }

    /// <summary>Continues with a stage of your own that makes batches of batches. Looks at each batch by itself.</summary>
    /// <param name="make">Makes a new stage each time it is called; called once per lane.</param>
    /// <param name="verb">
    /// How the recipe's text shows it where it is a verb of your own, such as <c>$"Largest({count})"</c>: metrics call the step by that
    /// name, <c>largest</c>. Default: <c>Then(…)</c> or <c>ThenEvents(…)</c>.
    /// </param>
    /// <param name="text">What these show; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">The verb is not a name with its arguments in brackets.</exception>
    public BatchReactor Then(Func<BatchStage> make, string? verb = null, [CallerArgumentExpression(nameof(make))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(make);
        return Add(RecipeRules.Verb(verb, nameof(verb)) ?? $"Then({text})", make);
    }

    /// <summary>Continues with a stage of your own that makes events of batches. Looks at each batch by itself.</summary>
    /// <inheritdoc cref="Then"/>
    public Reactor ThenEvents(Func<BatchStage> make, string? verb = null, [CallerArgumentExpression(nameof(make))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(make);
        return ToEvents(RecipeRules.Verb(verb, nameof(verb)) ?? $"ThenEvents({text})", make);
    }

    internal override BatchReactor Add(Step step) => new(this, step);

    BatchReactor IOutputs<BatchReactor>.Add(OutputStep output) => Add(output);

    /// <summary>Continues with a stage of ours that makes other batches of these.</summary>
    internal BatchReactor Add(string text, Func<BatchStage> make) => Add(new StageStep(text, Scope.Event, make, Opaque: true));

    /// <summary>Continues with a stage of ours that makes events of batches.</summary>
    internal Reactor ToEvents(string text, Func<BatchStage> make) => new(this, new StageStep(text, Scope.Event, make, Opaque: true));
}
