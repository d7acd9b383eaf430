namespace Godot;

/// <summary>
/// Tells at the end of every interval what came in it, and begins anew. The first interval begins with the first event; from then on they
/// follow each other without a gap. One in which nothing counted emits nothing.
/// </summary>
/// <typeparam name="TTally">What is known about the interval so far.</typeparam>
abstract class TallyStage<TTally>(TimeSpan interval) : Stage<TallyStage<TTally>.State>
    where TTally : class
{
    readonly Lists<uint> events = new();

    public struct State
    {
        public Kept Last;
        public Periods Periods;

        // Null until something has come that counts.
        public TTally? Tally;
    }

    /// <summary>What is known before anything has come.</summary>
    protected abstract TTally Begin();

    /// <summary>Takes an event into account; false if it does not count.</summary>
    protected abstract bool Take(EventView e, TTally tally);

    /// <summary>Emits what is known at the end.</summary>
    /// <param name="last">The last event that counted, with the time of now.</param>
    /// <param name="tally">What is known.</param>
    protected abstract void Report(EventView last, TTally tally);

    protected abstract void Save(TTally tally, StateWriter writer);

    protected abstract void Load(TTally tally, StateReader reader);

    protected sealed override void On(EventView e, ref State state)
    {
        state.Periods.Begin(Now);
        TTally tally = state.Tally ?? Begin();
        if (!Take(e, tally)) return;
        state.Last.Set(e, events);
        if (state.Tally is null) Wake(state.Periods.UntilNext(Now, interval));
        state.Tally = tally;
    }

    protected sealed override void OnWake(ref State state) => Flush(ref state);

    protected sealed override void Flush(ref State state)
    {
        if (state.Tally is not { } tally) return;
        state.Tally = null;
        Report(state.Last.View(events) with { Time = Clock.GetUtcNow() }, tally);
    }

    protected sealed override void Save(ref readonly State state, StateWriter writer)
    {
        state.Periods.Save(writer);
        writer.Write(state.Tally is not null);
        if (state.Tally is null) return;
        writer.Write(state.Last.View(events));
        Save(state.Tally, writer);
    }

    protected sealed override void Load(ref State state, StateReader reader)
    {
        state.Periods.Load(reader);
        if (!reader.ReadBoolean()) return;
        state.Last.Set(reader.ReadEvent(), events);
        Load(state.Tally = Begin(), reader);
        Wake(state.Periods.UntilNext(Now, interval));
    }

    protected sealed override bool MayForget(ref readonly State state) => state.Tally is null;

    private protected override void Release(ref State state) => state.Last.Clear(events);
}
