using System.Runtime.CompilerServices;
using Godot.Recipes;

namespace Godot;

public sealed partial class Sequence
{
    /// <summary>
    /// Emits two events as a batch, the first and the one that follows it in time:
    /// <c>When("state", "critical").FollowedBy("state", "ok", within: TimeSpan.FromMinutes(1))</c>. Nothing else passes. Scope: each
    /// series.
    /// </summary>
    /// <remarks>
    /// Every first event is paired with the first event after it that matches, if that comes less than <paramref name="within"/> later;
    /// several that wait are paired with the same one, each in a batch of its own, oldest first. An event that is both ends the sequences
    /// before it and begins one of its own; no event follows itself. Of events of the same instant, those follow that arrive later. Time is
    /// that of arrival. Metrics are not looked at. Memory: the first events that wait, at most 10,000 per key; further ones are lost in
    /// this reactor, and counted. No timers: what waited in vain goes when the next event comes.
    /// </remarks>
    /// <param name="field">The field of the second event that must match.</param>
    /// <param name="match">What it must match.</param>
    /// <param name="within">How long after the first the second may come, at the most.</param>
    /// <exception cref="ArgumentException">
    /// The time is not longer than zero, there is no such field, or it is never a number and a number was given.
    /// </exception>
    public BatchReactor FollowedBy(Field field, Matcher match, TimeSpan within)
    {
        FieldFilter then = new(field, match);
        return FollowedBy(then.ToString(), then, within);
    }

    /// <summary>The same with a function for the second event. Scope: each series.</summary>
    /// <param name="then">
    /// True of the second event. Called from several threads at once. If it throws, the event is lost in this reactor, and counted.
    /// </param>
    /// <param name="within">How long after the first the second may come, at the most.</param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">The time is not longer than zero.</exception>
    public BatchReactor FollowedBy(Func<EventView, bool> then, TimeSpan within,
        [CallerArgumentExpression(nameof(then))] string text = "") =>
        FollowedBy(text, new FunctionFilter(then), within);

    BatchReactor FollowedBy(string then, Filter filter, TimeSpan within) =>
        new(before, new StageStep(Text("FollowedBy", then, within), Scope.Series, () => new FollowedByStage(first, filter, within)));
}

sealed class FollowedByStage : Stage
{
    // What waits in it keeps the key; nothing else does.
    protected internal override TimeSpan Remembers => TimeSpan.Zero;

    readonly Filter first, then;
    readonly FirstEvents waiting;

    public FollowedByStage(Filter first, Filter then, TimeSpan within) =>
        (this.first, this.then, waiting) = (first, then, new FirstEvents(this, "FollowedBy", within));

    public override void On(EventView e)
    {
        (bool begins, bool follows) = (first.Passes(e), then.Passes(e));
        DropOverdue();
        if (follows && !waiting.IsEmpty)
        {
            Event second = e.ToEvent();
            while (!waiting.IsEmpty) Send([waiting.Take(), second]);
        }
        if (begins) waiting.Add(e);
    }

    protected override void Save(StateWriter state) => waiting.Save(state);

    protected override void Load(StateReader state) => waiting.Load(state);

    protected override bool MayForget()
    {
        DropOverdue();
        return waiting.IsEmpty;
    }

    void DropOverdue()
    {
        while (waiting.TryTakeOverdue(out _))
        {
        }
    }
}
