using Godot.Common;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes an event if it and those just before it, <paramref name="count"/> together, have the same value in a field; drops the others.
    /// Scope: each series.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>runs</c>: with <c>Runs(3)</c> the third and all further ones of a run pass, so <c>Runs(3).ChangedState()</c> believes a
    /// state only when it was said three times. Texts compare letter by letter, numbers as numbers, tags as a whole; no value is a value of
    /// its own. Memory: the value per key. No timers.
    /// </remarks>
    /// <param name="count">The length from which on a run passes. 1 passes everything.</param>
    /// <param name="field">The field to compare. Default: the state.</param>
    /// <exception cref="ArgumentException">The count is below 1, or there is no such field.</exception>
    public Reactor Runs(int count, Field? field = null)
    {
        RecipeRules.AtLeast(1, count, "Runs' count", nameof(count));
        Field compared = field ?? Field.State;
        ChangeStage.Check(compared);
        return Add($"Runs({count}, {compared})", Scope.Series, () => new RunsStage(count, compared));
    }
}

sealed class RunsStage(int count, Field field) : Stage<RunsStage.State>
{
    public struct State
    {
        public FieldValue Value;
        public int Length;
    }

    protected override void On(EventView e, ref State state)
    {
        FieldValue value = FieldValue.Of(e, field);
        state.Length = state.Length > 0 && state.Value.IsStill(value) ? Math.Min(state.Length + 1, count) : 1;
        state.Value = value;
        if (state.Length == count) Send(e);
    }

    protected internal override int StateVersion => FieldValue.Version;

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (state.Length == 0) return;
        writer.Write(state.Length);
        state.Value.Save(writer);
    }

    protected override void Load(ref State state, StateReader reader) =>
        state = new State { Length = reader.ReadInt32(), Value = FieldValue.Load(reader) };
}
