using System.Runtime.CompilerServices;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by what the function makes of it: <c>Adjust(bytes => bytes / 1024)</c>. Looks at each
    /// event by itself.
    /// </summary>
    /// <remarks>
    /// An event without a metric passes unchanged. One of whose metric the function makes NaN or infinity is dropped. Keeps nothing.
    /// </remarks>
    /// <param name="adjust">Called from several threads at once. If it throws, the event is lost in this reactor, and counted.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    public Reactor Adjust(Func<double, double> adjust, [CallerArgumentExpression(nameof(adjust))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(adjust);
        return Add(new StageStep($"Adjust({text})", Scope.Event, () => new AdjustStage(adjust),
            Opaque: true) { Keeps = FieldSet.All & ~FieldSet.Metric });
    }
}

sealed class AdjustStage(Func<double, double> adjust) : Stage
{
    internal override bool ServesAllKeys => true;

    internal override bool KeepsNothing => true;

    public override void On(EventView e)
    {
        if (e.Metric is not { } metric) Send(e);
        else if (adjust(metric) is var adjusted && double.IsFinite(adjusted)) Send(e with { Metric = adjusted });
    }
}
