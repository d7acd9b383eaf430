using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes an event whose field differs from that of the event before it, drops the others. The first never counts as a change.
    /// Scope: each series.
    /// </summary>
    /// <param name="field">
    /// The field to compare: texts letter by letter, numbers by their value to the last digit, tags as a whole. No value is a value of its
    /// own: to lose it, and to get it back, are changes.
    /// </param>
    /// <param name="from">Passes only changes away from a value that matches. Default: from any, and from none.</param>
    /// <param name="to">Passes only changes to a value that matches. Default: to any, and to none.</param>
    /// <remarks>
    /// Every event is compared with the one just before it, whether that was passed or not. Memory: the field's value per key.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no such field, or it is never a number and a number was given.</exception>
    public Reactor Change(Field field, Matcher? from = null, Matcher? to = null)
    {
        ChangeStage.Check(field);
        (from, to) = (from?.For(field), to?.For(field));
        string text = $"Change({field}{(from is null ? "" : $", from: {from}")}{(to is null ? "" : $", to: {to}")})";
        return Add(new StageStep(text, Scope.Series, () => new ChangeStage(field, from, to)) { Compares = field.Part,
            Keeps = FieldSet.All });
    }
}

sealed class ChangeStage(Field field, Matcher? from, Matcher? to) : Stage<ChangeStage.State>
{
    public struct State
    {
        public FieldValue Last;
        public bool Seen;
    }

    protected override void On(EventView e, ref State state)
    {
        FieldValue last = state.Last, value = FieldValue.Of(e, field);
        bool changed = state.Seen && !last.IsStill(value);
        state = new State { Last = value, Seen = true };
        if (changed && from?.Matches(last) != false && to?.Matches(value) != false) Send(e);
    }

    protected internal override int StateVersion => FieldValue.Version;

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (state.Seen) state.Last.Save(writer);
    }

    protected override void Load(ref State state, StateReader reader) => state = new State { Last = FieldValue.Load(reader), Seen = true };

    public static void Check(Field field)
    {
        if (field.Part == FieldSet.None) throw new ArgumentException("Name the field to compare, such as \"state\".", nameof(field));
    }
}
