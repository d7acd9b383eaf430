using System.Runtime.CompilerServices;
using Godot.Common;
using Godot.Events;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes events for which a condition holds, once it has held for <paramref name="time"/>:
    /// <c>For(TimeSpan.FromMinutes(5), e => e.Metric > 90)</c>. At the end of that time the last event passes, late, so that an alert does
    /// not wait for the next one; after that all of them do, until the condition holds no more. Drops the others. Scope: each series.
    /// </summary>
    /// <remarks>
    /// The condition begins to hold with an event for which it is true, and ends with the first for which it is not; silence does not end
    /// it, because a machine that stopped talking while it was in trouble is still in trouble. Time is that of arrival; time in which this
    /// monitor was itself stalled or overloaded does not count. When the server stops, what has not held long enough is not emitted.
    /// Memory: the last event per key, and only while it is held. One timer per key, as long.
    /// </remarks>
    /// <param name="time">How long the condition must hold.</param>
    /// <param name="condition">
    /// Called from several threads at once. If it throws, the event is lost in this reactor, and counted; it neither begins nor ends
    /// anything.
    /// </param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">The time is not longer than zero.</exception>
    public Reactor For(TimeSpan time, Func<EventView, bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        For(time, new FunctionFilter(condition), text);

    /// <summary>
    /// The same with a condition on one field: <c>For(TimeSpan.FromMinutes(5), "state", "critical")</c>. Scope: each series.
    /// </summary>
    /// <param name="time">How long the condition must hold.</param>
    /// <param name="field">The field that must match.</param>
    /// <param name="match">What it must match. An event without the field does not.</param>
    /// <exception cref="ArgumentException">
    /// The time is not longer than zero, there is no such field, or it is never a number and a number was given.
    /// </exception>
    public Reactor For(TimeSpan time, Field field, Matcher match)
    {
        FieldFilter filter = new(field, match);
        return For(time, filter, filter.ToString());
    }

    Reactor For(TimeSpan time, Filter condition, string text)
    {
        RecipeRules.Positive(time, "For's time", nameof(time));
        return Add($"For({RecipeText.Of(time)}, {text})", Scope.Series, () => new ForStage(time, condition));
    }
}

sealed class ForStage(TimeSpan time, Filter condition) : KeepingStage<ForStage.State>
{
    protected internal override TimeSpan Remembers => AtLeast(time);

    public struct State : IKeepsEvent<State>
    {
        // The last event, while it is held.
        public StoredEvent Last;

        // When the condition will have held for long enough; set while it has not.
        public Deadline Enough;

        public bool Holds;

        public static ref StoredEvent EventOf(ref State state) => ref state.Last;
    }

    protected override void On(EventView e, ref State state)
    {
        bool holds = condition.Passes(e);
        if (state.Enough.HasCome(this)) Pass(ref state);
        if (!holds) End(ref state);
        else if (!state.Holds) Begin(e, ref state);
        else if (state.Enough.IsSet) Keep(e, ref state);
        else Send(e);
    }

    protected override void OnWake(ref State state)
    {
        if (state.Enough.HasCome(this)) Pass(ref state);
    }

    void Begin(EventView e, ref State state)
    {
        state.Holds = true;
        Keep(e, ref state);
        state.Enough.Set(this, time);
    }

    void Pass(ref State state)
    {
        Send(Kept(in state));
        LetGo(ref state);
    }

    void End(ref State state)
    {
        state.Holds = false;
        LetGo(ref state);
        state.Enough.Clear();
    }

    protected override string? Describe(ref readonly State state) =>
        !state.Holds ? "does not hold"
        : state.Enough.IsSet ? $"holds for {InWords.Run(time, state.Enough.Left(this))}"
        : $"has held for {Notice.Duration(time)}: passes";

    private protected override long? DueIn(ref readonly State state) => state.Enough.IsSet ? state.Enough.Left(this) : null;

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (!state.Holds) return;
        state.Enough.Save(this, writer);
        if (state.Enough.IsSet) writer.Write(Kept(in state));
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state = new State { Holds = true };
        state.Enough.Load(this, reader);
        if (state.Enough.IsSet) Keep(reader.ReadEvent(), ref state);
    }

    protected override bool MayForget(ref readonly State state) => !state.Enough.IsSet;
}
