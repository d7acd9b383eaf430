using Godot.Events;
using Godot.Stages;
using Godot.Statistics;

namespace Godot;

/// <summary>
/// Tells at the end of every interval what came in it, and begins anew. The first interval begins with the first event; from then on they
/// follow each other without a gap. One in which nothing counted emits nothing.
/// </summary>
/// <typeparam name="TTally">What is known about the interval so far.</typeparam>
abstract class TallyStage<TTally>(TimeSpan interval) : KeepingStage<TallyStage<TTally>.State>
{
    protected internal override TimeSpan Remembers => AtLeast(interval);

    public struct State : IKeepsEvent<State>
    {
        public StoredEvent Last;
        public Periods Periods;
        public TTally Tally;

        // Set once something has come in the interval that counts; until then there is no tally.
        public IntervalEnd End;

        public static ref StoredEvent EventOf(ref State state) => ref state.Last;
    }

    /// <summary>What is known before anything has come.</summary>
    protected abstract TTally Begin();

    /// <summary>Takes an event into account; false if it does not count.</summary>
    protected abstract bool Take(EventView e, ref TTally tally);

    /// <summary>Emits what is known at the end.</summary>
    /// <param name="last">The last event that counted, with the time of now, and without the names that not all have that counted.</param>
    /// <param name="tally">What is known.</param>
    protected abstract void Report(EventView last, TTally tally);

    protected abstract void Save(TTally tally, StateWriter writer);

    /// <param name="tally">As it begins.</param>
    protected abstract void Load(ref TTally tally, StateReader reader);

    protected sealed override void On(EventView e, ref State state)
    {
        state.Periods.Begin(Now);
        TTally tally = state.End.IsSet ? state.Tally : Begin();
        if (!Take(e, ref tally)) return;
        Counts(e);
        Keep(e, ref state);
        if (!state.End.IsSet) state.End.Set(this, state.Periods.UntilNext(Now, interval));
        state.Tally = tally;
    }

    protected sealed override void OnWake(ref State state)
    {
        if (state.End.HasCome(this)) Report(ref state);
    }

    protected sealed override void Flush(ref State state)
    {
        if (state.End.IsSet) Report(ref state);
        state.End.Clear();
    }

    void Report(ref State state)
    {
        TTally tally = state.Tally;
        state.Tally = default!;
        EventView last = Kept(in state) with { Time = Clock.GetUtcNow() };
        if (Slot.Names is { } names)
        {
            last = names.Of(last, Host.Key);
            names.Clear(Host.Key);
        }
        Report(last, tally);
    }

    protected sealed override string? Describe(ref readonly State state) =>
        state.End.IsSet ? $"out in {InWords.Time(state.End.Left(this))}" : "nothing in this interval";

    private protected sealed override long? DueIn(ref readonly State state) => state.End.IsSet ? state.End.Left(this) : null;

    protected sealed override void Save(ref readonly State state, StateWriter writer)
    {
        state.Periods.Save(writer);
        writer.Write(state.End.IsSet);
        if (!state.End.IsSet) return;
        writer.Write(Kept(in state));
        Save(state.Tally, writer);
    }

    protected sealed override void Load(ref State state, StateReader reader)
    {
        state.Periods.Load(reader);
        if (!reader.ReadBoolean()) return;
        Keep(reader.ReadEvent(), ref state);
        state.Tally = Begin();
        Load(ref state.Tally, reader);
        state.End.Set(this, state.Periods.UntilNext(Now, interval));
    }

    protected sealed override bool MayForget(ref readonly State state) => !state.End.IsSet;
}
