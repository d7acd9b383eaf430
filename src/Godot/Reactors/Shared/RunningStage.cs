using Godot.Statistics;

namespace Godot;

/// <summary>
/// Passes every event with a number made of all metrics so far: of their sum, and of how many there were. Where it is not a number, nothing
/// passes.
/// </summary>
sealed class RunningStage(Func<double, long, double> fold) : Stage<RunningStage.State>
{
    protected internal override string? StateShape => "of all";

    public struct State
    {
        public CompensatedSum Sum;
        public long Count;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Metric is not { } metric || !state.Sum.TryAdd(metric)) return;
        Counts(e);
        double figure = fold(state.Sum.Value, ++state.Count);
        if (!double.IsNaN(figure)) SendFigure(e with { Metric = figure });
    }

    protected override string? Describe(ref readonly State state) => state.Count == 0 ? "no metric yet"
        : $"{InWords.Number(fold(state.Sum.Value, state.Count))} over {InWords.Count(state.Count, "metric")}";

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        state.Sum.Save(writer);
        writer.Write(state.Count);
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state.Sum.Load(reader);
        state.Count = reader.ReadInt64();
    }
}
