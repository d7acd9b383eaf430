using System.Runtime.CompilerServices;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Sequence
{
    /// <summary>
    /// Emits an event that was not followed by another in time, when that time is over:
    /// <c>When("service", "deploy").NotFollowedBy("service", "heartbeat", within: TimeSpan.FromMinutes(5))</c>. Nothing else passes. Scope:
    /// each series.
    /// </summary>
    /// <remarks>
    /// Every first event waits on its own: an event that follows less than <paramref name="within"/> later lets go of all that wait; one
    /// that comes at the very end comes too late. What is emitted is the first event as it came. An event that is both lets go of those
    /// before it and begins to wait itself. Of events of the same instant, those follow that arrive later. Time is that of arrival; time in
    /// which this monitor was itself stalled or overloaded does not count, but for what is more than ten minutes of overload: then
    /// <c>meta.monitor_overloaded_seconds</c> says so. When the server stops, nothing is decided yet of what waits, and nothing is
    /// emitted. Metrics are not looked at. Memory: the first events that wait, at most 10,000 per key; further ones are lost in this
    /// reactor, and counted. One timer per key, and only while something waits.
    /// </remarks>
    /// <param name="field">The field of the second event that must match.</param>
    /// <param name="match">What it must match.</param>
    /// <param name="within">How long the second may take.</param>
    /// <exception cref="ArgumentException">
    /// The time is not longer than zero, there is no such field, or it is never a number and a number was given.
    /// </exception>
    public Reactor NotFollowedBy(Field field, Matcher match, TimeSpan within)
    {
        FieldFilter then = new(field, match);
        return NotFollowedBy(then.ToString(), then, within);
    }

    /// <summary>The same with a function for the second event. Scope: each series.</summary>
    /// <param name="then">
    /// True of the second event. Called from several threads at once. If it throws, the event is lost in this reactor, and counted.
    /// </param>
    /// <param name="within">How long the second may take.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">The time is not longer than zero.</exception>
    public Reactor NotFollowedBy(Func<EventView, bool> then, TimeSpan within, [CallerArgumentExpression(nameof(then))] string text = "") =>
        NotFollowedBy(text, new FunctionFilter(then), within);

    Reactor NotFollowedBy(string then, Filter filter, TimeSpan within) =>
        before.Add(Text("NotFollowedBy", then, within), Scope.Series, () => new NotFollowedByStage(first, filter, within));
}

sealed class NotFollowedByStage : Stage
{
    // What waits in it keeps the key; nothing else does.
    protected internal override TimeSpan Remembers => TimeSpan.Zero;

    readonly Filter first, then;
    readonly FirstEvents waiting;

    // Of the oldest that waits; set while one does.
    Deadline over;

    public NotFollowedByStage(Filter first, Filter then, TimeSpan within) =>
        (this.first, this.then, waiting) = (first, then, new FirstEvents(this, "NotFollowedBy", within));

    public override void On(EventView e)
    {
        (bool begins, bool follows) = (first.Passes(e), then.Passes(e));
        if (over.HasCome(this)) Emit();
        if (follows)
        {
            waiting.Clear();
            over.Clear();
        }
        if (!begins) return;
        waiting.Add(e);
        if (!over.IsSet) over.Set(this, waiting.Over);
    }

    internal override void OnWake(int key)
    {
        if (over.HasCome(this)) Emit();
    }

    void Emit()
    {
        while (!waiting.IsEmpty)
        {
            TimeSpan unheard = waiting.Over.Unheard(this);
            if (!waiting.TryTakeOverdue(out Event? first)) break;
            Send(Unheard.Mark(first, unheard));
        }
        if (!waiting.IsEmpty) over.Set(this, waiting.Over);
    }

    protected override void Save(StateWriter state) => waiting.Save(state);

    protected override void Load(StateReader state)
    {
        waiting.Load(state);
        over.Set(this, waiting.Over);
    }

    protected override bool MayForget() => waiting.IsEmpty;
}
