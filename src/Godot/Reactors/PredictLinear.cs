using Godot.Common;
using Godot.Recipes;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Passes every event with its metric replaced by where it is going. That is the height, <paramref name="ahead"/> of the event, of the
    /// straight line through the metrics of the last <paramref name="window"/>. "The disk is full within four hours" is
    /// <c>PredictLinear(window: TimeSpan.FromHours(1), ahead: TimeSpan.FromHours(4), atLeast: 30).Under(0)</c>, of the space that is left.
    /// Scope: each series.
    /// </summary>
    /// <remarks>
    /// The line is that of least squares, by the events' own time; one ahead of the clock counts as of its arrival. An event without a
    /// metric is dropped and not counted. As long as all in the window are of one instant there is no line, and nothing passes; nor does
    /// what would be too large for a number. An event that is late, but of less than the window before the newest, is taken into account,
    /// and leaves the window with the newest before it; one that is older is dropped and counted as late. Events within a thousandth of the
    /// window of each other leave it together; so memory is at most 100 KB per key, whatever the rate, and 50 bytes per event where they
    /// are few. No timer.
    /// </remarks>
    /// <param name="window">Of how long the line is made, by the events' own time.</param>
    /// <param name="ahead">How far to look ahead of each event.</param>
    /// <param name="atLeast">
    /// While fewer metrics are in the window, nothing passes. Default 2, of which a line can be made, however near they are to each other:
    /// for an alert, say how
    /// many there usually are in half a window.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The window is not longer than zero, <paramref name="ahead"/> is negative, or <paramref name="atLeast"/> is below 1.
    /// </exception>
    public Reactor PredictLinear(TimeSpan window, TimeSpan ahead, int atLeast = 2)
    {
        RecipeRules.Positive(window, "PredictLinear's window", nameof(window));
        RecipeRules.NotNegative(ahead, "PredictLinear's ahead", nameof(ahead));
        string least = RecipeRules.AtLeast(2, atLeast, "PredictLinear");
        return Add($"PredictLinear({RecipeText.Of(window)}, {RecipeText.Of(ahead)}{least})", Scope.Series,
            () => new PredictLinearStage(window, ahead, atLeast));
    }
}

sealed class PredictLinearStage(TimeSpan window, TimeSpan ahead, int atLeast) : Stage<PredictLinearStage.State>
{
    protected internal override TimeSpan Remembers => AtLeast(window);

    public struct State
    {
        public SlidingWindow<Line> Window;

        // The time of the first event: places are seconds from there on, so that they are small.
        public long? Origin;
        public OwnTime Time;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Metric is not { } metric) return;
        long time = state.Time.Of(e, this);
        state.Origin ??= time;
        if (time <= state.Time.Newest - window.Ticks)
        {
            CountLate();
            return;
        }
        Counts(e);
        double place = new TimeSpan(time - state.Origin.Value).TotalSeconds;
        Line line = state.Window.Add(Line.Of(place, metric), state.Time.Newest, window.Ticks);
        double predicted = line.At(place + ahead.TotalSeconds);
        if (line.Count >= atLeast && double.IsFinite(predicted)) SendFigure(e with { Metric = predicted });
    }

    protected internal override int StateVersion => 2;

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        writer.Write(state.Origin.HasValue);
        if (state.Origin is not { } origin) return;
        writer.Write(origin);
        state.Time.Save(writer);
        state.Window.Save(writer, now: 0);
    }

    protected override void Load(ref State state, StateReader reader)
    {
        if (!reader.ReadBoolean()) return;
        state.Origin = reader.ReadInt64();
        if (reader.Version == 1) state.Time.Resume(reader.ReadInt64(), reader);
        else state.Time.Load(reader);
        state.Window.Load(reader, now: 0);
    }
}
