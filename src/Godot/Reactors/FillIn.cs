using Godot.Common;
using Godot.Events;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event, and fills gaps: whenever no event has come for <paramref name="interval"/>, emits <paramref name="filler"/> with
    /// the time of that moment, again and again until one comes. Scope: each series.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>fill-in</c>. A series is filled in from its first event on; an event with the state "expired" passes, and ends it until
    /// the next event. It ends, too, once no event has come for <see cref="EngineOptions.IdleAfter"/>, or for the interval if that is
    /// longer. Time is that of arrival; time in which this monitor was itself stalled or overloaded does not count, but for what is more
    /// than ten minutes of overload: then <c>meta.monitor_overloaded_seconds</c> says so. Metrics are not looked at. Memory: host and
    /// service per key. One timer per key, as long as it is filled in.
    /// </remarks>
    /// <param name="interval">How long a gap may be.</param>
    /// <param name="filler">What is emitted. If it has no host, or no service, it has those of the last event.</param>
    /// <exception cref="ArgumentException">The interval is not longer than zero.</exception>
    public Reactor FillIn(TimeSpan interval, Event filler)
    {
        RecipeRules.Positive(interval, "FillIn's interval", nameof(interval));
        ArgumentNullException.ThrowIfNull(filler);
        return Add($"FillIn({RecipeText.Of(interval)}, {filler})", Scope.Series, () => new FillInStage(interval, filler), opaque: true);
    }
}

sealed class FillInStage(TimeSpan interval, Event filler) : Stage<FillInStage.State>
{
    protected internal override TimeSpan Remembers => interval;

    public struct State
    {
        // Of the last event.
        public string? Host, Service;

        // When the gap is too long; set while gaps are filled.
        public Deadline Gap;

        // When the last event came, by Awake.
        public long Came;
    }

    protected override void On(EventView e, ref State state)
    {
        (state.Host, state.Service, state.Came) = (e.Host, e.Service, Awake);
        if (e.Is(FieldSet.State, "expired"u8)) state.Gap.Clear();
        else state.Gap.Set(this, interval);
        Send(e);
    }

    protected override void OnWake(ref State state)
    {
        if (!state.Gap.HasCome(this, out TimeSpan unheard)) return;
        if (HasEnded(state.Came, interval)) return;
        state.Gap.Set(this, interval);
        EventView e = filler;
        e = e with { Host = filler.Host ?? state.Host, Service = filler.Service ?? state.Service, Time = Clock.GetUtcNow() };
        Send(Unheard.Mark(e, unheard));
    }

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (!state.Gap.IsSet) return;
        writer.Write(state.Host);
        writer.Write(state.Service);
        state.Gap.Save(this, writer);
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state = new State { Host = reader.ReadString(), Service = reader.ReadString(), Came = Awake };
        state.Gap.Load(this, reader);
    }
}
