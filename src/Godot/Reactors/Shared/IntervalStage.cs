namespace Godot;

/// <summary>
/// Adds up metrics, and at the end of every interval in which there were any emits the last event with one number made of them.
/// </summary>
/// <param name="fold">Makes it of the sum and of how many there were; what is not finite is dropped.</param>
sealed class IntervalStage(TimeSpan interval, Func<double, long, double> fold) : Stage<IntervalStage.State>
{
    readonly Lists<uint> events = new();

    public struct State
    {
        public Kept Last;
        public CompensatedSum Sum;
        public long Count;
        public Periods Periods;
    }

    protected override void On(EventView e, ref State state)
    {
        state.Periods.Begin(Now);
        if (e.Metric is not { } metric || !state.Sum.TryAdd(metric)) return;
        state.Last.Set(e, events);
        if (state.Count++ == 0) Wake(state.Periods.UntilNext(Now, interval));
    }

    protected override void OnWake(ref State state) => Flush(ref state);

    protected override void Flush(ref State state)
    {
        if (state.Count == 0) return;
        double folded = fold(state.Sum.Value, state.Count);
        (state.Sum, state.Count) = (default, 0);
        if (double.IsFinite(folded)) Send(state.Last.View(events) with { Metric = folded, Time = Clock.GetUtcNow() });
    }

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        state.Periods.Save(writer);
        writer.Write(state.Count);
        if (state.Count == 0) return;
        state.Sum.Save(writer);
        writer.Write(state.Last.View(events));
    }

    protected override void Load(ref State state, StateReader reader)
    {
        state.Periods.Load(reader);
        state.Count = reader.ReadInt64();
        if (state.Count == 0) return;
        state.Sum.Load(reader);
        state.Last.Set(reader.ReadEvent(), events);
        Wake(state.Periods.UntilNext(Now, interval));
    }

    protected override bool MayForget(ref readonly State state) => state.Count == 0;

    private protected override void Release(ref State state) => state.Last.Clear(events);

    internal override void PrefetchKept(int key) => StateOf(key).Last.Prefetch(events);
}
