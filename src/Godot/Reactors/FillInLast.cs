using System.Runtime.CompilerServices;
using Godot.Common;
using Godot.Events;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event, and fills gaps with what a function makes of the last one: whenever no event has come for
    /// <paramref name="interval"/>, emits it with the time of that moment, again and again until one comes. Scope: each series.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>fill-in-last</c>: <c>FillInLast(TimeSpan.FromSeconds(60), e => e with { State = "unknown" })</c>. A series is filled in
    /// from its first event on; an event with the state "expired" passes, and ends it until the next event. It ends, too, once no
    /// event has come for <see cref="EngineOptions.IdleAfter"/>, or for the interval if that is longer. Time is that of arrival; time in
    /// which this monitor was itself stalled or overloaded does not count, but for what is more than ten minutes of overload: then
    /// <c>meta.monitor_overloaded_seconds</c> says so. Metrics are not looked at. Memory: the last event per key. One timer per key, as
    /// long as it is filled in.
    /// </remarks>
    /// <param name="interval">How long a gap may be.</param>
    /// <param name="fill">
    /// Called from several threads at once, with the last event that came. If it throws, that gap is not filled, and it is counted.
    /// </param>
    /// <param name="text">How the recipe's text shows the function; the compiler fills it in.</param>
    /// <exception cref="ArgumentException">The interval is not longer than zero.</exception>
    public Reactor FillInLast(TimeSpan interval, Func<EventView, EventView> fill, [CallerArgumentExpression(nameof(fill))] string text = "")
    {
        RecipeRules.Positive(interval, "FillInLast's interval", nameof(interval));
        ArgumentNullException.ThrowIfNull(fill);
        return Add($"FillInLast({RecipeText.Of(interval)}, {text})", Scope.Series, () => new FillInLastStage(interval, fill), opaque: true);
    }
}

sealed class FillInLastStage(TimeSpan interval, Func<EventView, EventView> fill) : KeepingStage<FillInLastStage.State>
{
    protected internal override TimeSpan Remembers => interval;

    public struct State : IKeepsEvent<State>
    {
        public StoredEvent Last;

        // When the gap is too long; set while gaps are filled.
        public Deadline Gap;

        // When the last event came, by Awake.
        public long Came;

        public static ref StoredEvent EventOf(ref State state) => ref state.Last;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Is(FieldSet.State, "expired"u8))
        {
            state.Gap.Clear();
        }
        else
        {
            Keep(e, ref state);
            state.Came = Awake;
            state.Gap.Set(this, interval);
        }
        Send(e);
    }

    protected override void OnWake(ref State state)
    {
        if (!state.Gap.HasCome(this, out TimeSpan unheard) || HasEnded(state.Came, interval)) return;
        state.Gap.Set(this, interval);
        Send(Unheard.Mark(fill(Kept(in state)) with { Time = Clock.GetUtcNow() }, unheard));
    }

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (!state.Gap.IsSet) return;
        state.Gap.Save(this, writer);
        writer.Write(Kept(in state));
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state = new State { Came = Awake };
        state.Gap.Load(this, reader);
        Keep(reader.ReadEvent(), ref state);
    }
}
