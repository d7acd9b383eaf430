using Godot.Common;
using Godot.Events;
using Godot.Recipes;
using Godot.Stages;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Makes a steady stream: emits the first event at once, and from then on the last one that came at the end of every
    /// <paramref name="interval"/>, with the time of that moment. Others do not pass. Scope: each series.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>interpolate-constant</c>: what comes too often is thinned out, what comes too seldom is repeated. An event with the
    /// state "expired" passes at once, unchanged, and ends it; the next event begins anew. It ends, too, once no event has come for
    /// <see cref="EngineOptions.IdleAfter"/>, or for the interval if that is longer. Time is that of arrival. Metrics are not looked at.
    /// Memory: the last event per key. One timer per key, until it ends.
    /// </remarks>
    /// <exception cref="ArgumentException">The interval is not longer than zero.</exception>
    public Reactor Interpolate(TimeSpan interval)
    {
        RecipeRules.Positive(interval, "Interpolate's interval", nameof(interval));
        return Add($"Interpolate({RecipeText.Of(interval)})", Scope.Series, () => new InterpolateStage(interval));
    }
}

sealed class InterpolateStage(TimeSpan interval) : KeepingStage<InterpolateStage.State>
{
    protected internal override TimeSpan Remembers => interval;

    public struct State : IKeepsEvent<State>
    {
        public StoredEvent Last;
        public Periods Periods;

        // When the interval ends; set until an expired event has come.
        public IntervalEnd End;

        // When the last event came, by Awake.
        public long Came;

        public static ref StoredEvent EventOf(ref State state) => ref state.Last;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Is(FieldSet.State, "expired"u8))
        {
            state.End.Clear();
            Send(e);
            return;
        }
        Keep(e, ref state);
        state.Came = Awake;
        if (state.End.IsSet) return;
        state.Periods.Restart(Now);
        Emit(ref state);
    }

    protected override void OnWake(ref State state)
    {
        if (state.End.HasCome(this) && !HasEnded(state.Came, interval)) Emit(ref state);
    }

    void Emit(ref State state)
    {
        state.End.Set(this, state.Periods.UntilNext(Now, interval));
        Send(Kept(in state) with { Time = Clock.GetUtcNow() });
    }

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (!state.End.IsSet) return;
        state.Periods.Save(writer);
        state.End.Save(this, writer);
        writer.Write(Kept(in state));
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state = new State { Came = Awake };
        state.Periods.Load(reader);
        state.End.Load(this, reader);
        Keep(reader.ReadEvent(), ref state);
    }
}
