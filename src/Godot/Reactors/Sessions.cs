using Godot.Common;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Holds events back and emits those between which there was less than <paramref name="gap"/> as one batch, as soon as nothing has come
    /// for so long. Scope: all.
    /// </summary>
    /// <remarks>
    /// To have a session for each host, put it into a <c>By</c>: <c>By("host", r => r.Sessions(TimeSpan.FromMinutes(5)))</c>. Time is that
    /// of arrival, not the events' own; time in which this monitor was itself stalled or overloaded does not count. When a session holds as
    /// many events as the limit, further ones still prolong it, but are lost in this reactor, counted and logged. When the server stops,
    /// what is held comes out. Memory: the events of the session, per key. One timer per key, and only while it holds events.
    /// </remarks>
    /// <param name="gap">How long a silence ends a session.</param>
    /// <param name="limit">How many events a session has at most. Default 10,000.</param>
    /// <exception cref="ArgumentException">The gap is not longer than zero, or the limit is below 1.</exception>
    public BatchReactor Sessions(TimeSpan gap, int limit = 10_000)
    {
        RecipeRules.Positive(gap, "Sessions' gap", nameof(gap));
        RecipeRules.AtLeast(1, limit, "Sessions' limit", nameof(limit));
        return new(this, new StageStep($"Sessions({RecipeText.Of(gap)}, {limit})", Scope.All, () => new SessionsStage(gap, limit)));
    }
}

sealed class SessionsStage(TimeSpan gap, int limit) : Stage
{
    // What waits in it keeps the key; nothing else does.
    protected internal override TimeSpan Remembers => TimeSpan.Zero;

    readonly HeldEvents held = new("Sessions", limit);

    // When the session is over unless something comes.
    Deadline end;

    public override void On(EventView e)
    {
        end.Set(this, gap);
        held.Add(e);
    }

    internal override void OnWake(int key)
    {
        if (end.HasCome(this)) Flush();
    }

    protected override void Flush()
    {
        end.Clear();
        if (held.Count > 0) Send(held.Take());
    }

    protected override string? Describe() => InWords.Held(held.Count, DueIn());

    private protected override long? DueIn() => end.IsSet ? end.Left(this) : null;

    protected override void Save(StateWriter state)
    {
        if (held.Count == 0) return;
        state.Write(end.Left(this));
        held.Save(state);
    }

    protected override void Load(StateReader state)
    {
        end.Set(this, state.ReadTimeSpan());
        held.Load(state);
    }

    protected override bool MayForget() => held.Count == 0;
}
