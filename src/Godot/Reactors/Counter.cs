using Godot.Common;
using Godot.Events;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Passes every event with its metric replaced by the sum of it and all those before it. Scope: each series.</summary>
    /// <remarks>
    /// Riemann's <c>counter</c>: an event with the tag "reset" sets the sum to its metric. An event without a metric passes unchanged. One
    /// with the state "expired" repeats what was said before: it adds nothing, and passes with the sum so far. An event that would take the
    /// sum beyond what a double can hold is dropped and not added. The sum is compensated, so that small numbers are not lost in a large
    /// one. A key without an event for <see cref="EngineOptions.ForgetAfter"/> begins anew. Memory: 24 bytes per key. No timers.
    /// </remarks>
    /// <param name="start">What the sum begins with. Default 0.</param>
    /// <exception cref="ArgumentException">The start is not a finite number.</exception>
    public Reactor Counter(double start = 0)
    {
        RecipeRules.Finite(start, "Counter's start", nameof(start));
        return Add($"Counter({(start == 0 ? "" : RecipeText.Of(start))})", Scope.Series, () => new CounterStage(start));
    }
}

sealed class CounterStage(double start) : Stage<CounterStage.State>
{
    protected internal override string? StateShape => "";

    public struct State
    {
        public CompensatedSum Total;
        public bool Begun;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Metric is not { } metric)
        {
            Send(e);
            return;
        }
        CompensatedSum total = !state.Begun ? new CompensatedSum(start) : state.Total;
        if (e.HasTag("reset")) total = new CompensatedSum(metric);
        else if (!e.Is(FieldSet.State, "expired"u8) && !total.TryAdd(metric)) return;
        state = new State { Total = total, Begun = true };
        Counts(e);
        SendFigure(e with { Metric = total.Value });
    }

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (state.Begun) state.Total.Save(writer);
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state.Begun = true;
        state.Total.Load(reader);
    }
}
