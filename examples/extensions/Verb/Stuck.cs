using Godot;

/// <summary>
/// Passes an event when its metric has been the same so many times in a row. The engine keeps a struct for each series, and one instance
/// of this class serves them all.
/// </summary>
sealed class StuckStage(int times) : Stage<StuckStage.State>
{
    public struct State
    {
        public double? Last;
        public int Times;
    }

    protected override void On(EventView e, ref State state)
    {
        if (e.Metric is not { } metric) return;
        state.Times = metric == state.Last ? state.Times + 1 : 1;
        state.Last = metric;
        if (state.Times >= times) Send(e);
    }

    // What outlives the program, and that it may be read whatever `times` is by then.
    protected override string? StateShape => "";

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        writer.Write(state.Last ?? double.NaN);
        writer.Write(state.Times);
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state.Last = reader.ReadDouble() is var last && double.IsNaN(last) ? null : last;
        state.Times = (int)reader.ReadInt64();
    }
}

public static class StuckReactor
{
    extension(Reactor reactor)
    {
        /// <summary>Events of a sensor that says the same again and again. Follows each series.</summary>
        public Reactor Stuck(int times) => reactor.Then(() => new StuckStage(times), verb: $"Stuck({times})");
    }
}
