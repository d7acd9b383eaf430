using Godot.Events;
using Godot.Recipes;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event but the first with its metric replaced by the change per second since the event before. Scope: each series.
    /// </summary>
    /// <remarks>
    /// Riemann's <c>ddt</c>. Seconds are counted by the events' own time, so that what was held up on its way is not taken for slow. An
    /// event that is not later than the one before it is dropped; one that is earlier counts as late. The next is compared with it all the
    /// same: after a host's clock was set back, everything goes on. After the monitor's own was set, it begins anew. An event without a
    /// metric is dropped and not looked at. One with the state "expired" repeats what was said before: it is dropped, and the next begins
    /// anew. A change beyond what a double can hold is dropped. Memory: 32 bytes per key. No timers.
    /// </remarks>
    public Reactor Derivative() => Add("Derivative()", Scope.Series, static () => new DerivativeStage());
}

sealed class DerivativeStage : Stage<DerivativeStage.State>
{
    public struct State
    {
        public double Metric;

        // The event's own, in 100 ns.
        public long Time;

        // What the calendar said, less Now; zero: not known.
        public long Calendar;
        public bool Seen;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Metric is not { } metric) return;
        State last = state;
        state = e.Is(FieldSet.State, "expired"u8) ? default
            : new State { Metric = metric, Time = e.Row.Time, Calendar = UtcNow - Now, Seen = true };
        // One that is late too: the next figure is made of it.
        if (state.Seen) Counts(e);
        if (!last.Seen || !state.Seen || (last.Calendar != 0 && Math.Abs(state.Calendar - last.Calendar) > ClockWasSet)) return;
        if (state.Time < last.Time) CountLate();
        if (state.Time <= last.Time) return;
        double change = (metric - last.Metric) / ((double)(state.Time - last.Time) / TimeSpan.TicksPerSecond);
        if (double.IsFinite(change)) SendFigure(e with { Metric = change });
    }

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (!state.Seen) return;
        writer.Write(state.Metric);
        writer.Write(state.Time);
    }

    protected override void Load(ref State state, StateReader reader) =>
        state = new State { Metric = reader.ReadDouble(), Time = reader.ReadInt64(), Seen = true };
}
