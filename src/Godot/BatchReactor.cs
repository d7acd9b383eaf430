using System.Runtime.CompilerServices;
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
    /// <param name="text">How the recipe's text shows the stage; the compiler fills it in.</param>
    public BatchReactor Then(Func<BatchStage> make, [CallerArgumentExpression(nameof(make))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(make);
        return Add($"Then({text})", make);
    }

    /// <summary>Continues with a stage of your own that makes events of batches. Looks at each batch by itself.</summary>
    /// <inheritdoc cref="Then"/>
    public Reactor ThenEvents(Func<BatchStage> make, [CallerArgumentExpression(nameof(make))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(make);
        return ToEvents($"ThenEvents({text})", make);
    }

    internal override BatchReactor Add(Step step) => new(this, step);

    BatchReactor IOutputs<BatchReactor>.Add(OutputStep output) => Add(output);

    /// <summary>Continues with a stage of ours that makes other batches of these.</summary>
    internal BatchReactor Add(string text, Func<BatchStage> make) => Add(new StageStep(text, Scope.Event, make, Opaque: true));

    /// <summary>Continues with a stage of ours that makes events of batches.</summary>
    internal Reactor ToEvents(string text, Func<BatchStage> make) => new(this, new StageStep(text, Scope.Event, make, Opaque: true));
}
