using Godot.Common;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes events only while a field's value is stable: once it changes, or with the first event, events are held until the value has
    /// been the same for <paramref name="time"/>, and then passed on, in order. Those of a value that did not last are dropped. Scope: each
    /// series.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>stable</c>: spikes and flapping never come through, lasting changes do, a little late. Time is that of arrival; time in
    /// which this monitor was itself stalled or overloaded does not count. Values compare as in <see cref="Change"/>; no value is a value
    /// of its own. A value that has lasted is passed when the time is over, even if no further event comes. When the server stops, what is
    /// held has not been found stable and is not emitted. While 10,000 events are held for a key, further ones are lost in this reactor,
    /// and counted. Memory: the value and the held events per key. One timer per key, and only while events are held.
    /// </remarks>
    /// <param name="time">How long a value must last.</param>
    /// <param name="field">The field to compare. Default: the state.</param>
    /// <exception cref="ArgumentException">The time is not longer than zero, or there is no such field.</exception>
    public Reactor Stable(TimeSpan time, Field? field = null)
    {
        RecipeRules.Positive(time, "Stable's time", nameof(time));
        Field compared = field ?? Field.State;
        ChangeStage.Check(compared);
        return Add($"Stable({RecipeText.Of(time)}, {compared})", Scope.Series, () => new StableStage(time, compared));
    }
}

sealed class StableStage(TimeSpan time, Field field) : Stage
{
    protected internal override string? StateShape => $"{@field}";

    protected internal override TimeSpan Remembers => AtLeast(time);

    const int MostHeld = 10_000;

    readonly List<Event> held = [];
    FieldValue value;
    bool seen;

    // When the value will have lasted; set while events are held.
    Deadline lasts;

    public override void On(EventView e)
    {
        if (lasts.HasCome(this)) Release();
        FieldValue now = FieldValue.Of(e, field);
        bool same = seen && value.IsStill(now);
        (value, seen) = (now, true);
        if (!same)
        {
            held.Clear();
            lasts.Set(this, time);
        }
        if (!lasts.IsSet) Send(e);
        else if (held.Count < MostHeld) held.Add(e.ToEvent());
        else throw new InvalidOperationException(
            $"{MostHeld} events are held in Stable; shorten its time, or let fewer events come to it.");
    }

    internal override void OnWake(int key)
    {
        if (lasts.HasCome(this)) Release();
    }

    void Release()
    {
        foreach (Event e in held) Send(e);
        held.Clear();
    }

    protected internal override int StateVersion => FieldValue.Version;

    protected override void Save(StateWriter state)
    {
        if (!seen) return;
        value.Save(state);
        lasts.Save(this, state);
        state.Write(held.Count);
        foreach (Event e in held) state.Write(e);
    }

    protected override void Load(StateReader state)
    {
        (value, seen) = (FieldValue.Load(state), true);
        lasts.Load(this, state);
        for (int left = state.ReadInt32(); left > 0; left--) held.Add(state.ReadEvent());
    }

    protected override bool MayForget() => !lasts.IsSet;
}
