using Godot.Common;
using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes an event whose state differs from that of the event before it, drops the others. Before the first event the state was
    /// <paramref name="initially"/>, so that one that begins well is no news, and one that begins badly is. Scope: each series.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>changed-state</c>. No state is a state of its own: to lose it, and to get it back, are changes. The metric is not
    /// looked at. Memory: the state per key. No timers. A key without an event for <see cref="EngineOptions.ForgetAfter"/> begins anew.
    /// Like <see cref="Change"/>, but for the first event.
    /// </remarks>
    /// <param name="initially">The state before the first event; null: none. Default "ok".</param>
    /// <exception cref="ArgumentException">An event cannot have such a state.</exception>
    public Reactor ChangedState(string? initially = "ok")
    {
        EventRules.CheckState(initially);
        return Add($"ChangedState({(initially is null ? "null" : RecipeText.Quote(initially))})", Scope.Series,
            () => new ChangedStateStage(initially));
    }
}

sealed class ChangedStateStage(string? initially) : Stage<ChangedStateStage.State>
{
    public struct State
    {
        public string? Last;
        public bool Seen;
    }

    protected override void On(EventView e, ref State state)
    {
        string? last = state.Seen ? state.Last : initially, now = e.State;
        state = new State { Last = now, Seen = true };
        if (now != last) Send(e);
    }

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (state.Seen) writer.Write(state.Last);
    }

    protected override void Load(ref State state, StateReader reader) => state = new State { Last = reader.ReadString(), Seen = true };
}
