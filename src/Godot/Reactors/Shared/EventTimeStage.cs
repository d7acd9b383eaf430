using Godot.Stages;

namespace Godot;

/// <summary>
/// Holds events back until they can come out in the order of their own time. That time is what the newest event says; while none comes, it
/// goes on with the clock of arrival. It runs behind by the lateness, and what comes too late for it is dropped and counted. When the
/// monitor's clock is set back, it is set back with it.
/// </summary>
/// <param name="verb">The verb, to be named if there are too many events.</param>
/// <param name="lateness">How long to wait for what was delayed, in 100 ns.</param>
/// <param name="limit">How many events may be held.</param>
abstract class EventTimeStage(string verb, long lateness, int limit) : Stage
{
    protected internal override TimeSpan Remembers => AtLeast(new TimeSpan(lateness));

    // Of the same time, the one that arrived first is first.
    PriorityQueue<Event, (long Time, long Order)> held = new();
    long arrived;

    // The newest time, 100 ns since the unix epoch, and when it was that by Now.
    long newest = long.MinValue / 2, at;

    // When the first event comes out even if nothing newer comes.
    IntervalEnd end;

    /// <summary>What time it is by the events, as far as late ones are still waited for.</summary>
    protected long Watermark => newest - lateness;

    /// <summary>The watermark at which an event of this time comes out.</summary>
    protected abstract long DueAt(long time);

    /// <summary>True if an event of this time can no longer come out with others of its time.</summary>
    protected virtual bool IsLate(long time) => DueAt(time) <= Watermark;

    /// <summary>Emits the first event that is held, and takes it out, with all that come out with it.</summary>
    protected abstract void Emit(PriorityQueue<Event, (long Time, long Order)> held, long due);

    /// <summary>The clock was set back: so are the times of what came out and is held for the sake of others.</summary>
    protected virtual void MoveBack(long by)
    {
    }

    /// <summary>How many events that came out are held for the sake of others.</summary>
    protected virtual int Remembered => 0;

    public sealed override void On(EventView e)
    {
        long clock = UtcNow, time = e.Row.Time;
        if (newest - clock > lateness + ClockWasSet) SetBack(clock);
        if (time - clock > lateness) time = clock;
        if (IsLate(time))
        {
            CountLate();
            return;
        }
        Advance(Math.Min(time, clock));
        if (held.Count + Remembered >= limit) throw HeldEvents.TooMany(verb, limit);
        held.Enqueue(e.ToEvent(), (time, arrived++));
        EmitDue();
    }

    internal sealed override void OnWake(int key)
    {
        if (end.HasCome(this)) Advance(newest + Now - at);
    }

    protected sealed override void Flush()
    {
        while (held.TryPeek(out _, out (long Time, long) first)) Emit(held, DueAt(first.Time));
    }

    protected override string? Describe() => InWords.Held(held.Count, DueIn());

    private protected override long? DueIn() => end.IsSet ? end.Left(this) : null;

    protected override void Save(StateWriter state)
    {
        state.Write(newest);
        state.WriteMoment(at);
        state.Write(held.Count);
        foreach ((Event e, (long Time, long) place) in held.UnorderedItems.OrderBy(item => item.Priority))
        {
            state.Write(place.Time);
            state.Write(e);
        }
    }

    protected override void Load(StateReader state)
    {
        (newest, at) = (state.ReadInt64(), state.ReadMoment());
        for (int left = state.ReadInt32(); left > 0; left--)
        {
            long time = state.ReadInt64();
            held.Enqueue(state.ReadEvent(), (time, arrived++));
        }
        Wait();
    }

    protected sealed override bool MayForget() => held.Count == 0;

    // No event moves the time beyond the clock: where it is, the clock has been. What is held keeps its distance from now.
    void SetBack(long clock)
    {
        long by = newest + Now - at - clock;
        held = new(held.UnorderedItems.Select(item => (item.Element, (item.Priority.Time - by, item.Priority.Order))));
        MoveBack(by);
        (newest, at) = (clock, Now);
    }

    void Advance(long time)
    {
        if (time > newest) (newest, at) = (time, Now);
        EmitDue();
    }

    void EmitDue()
    {
        while (held.TryPeek(out _, out (long Time, long) first) && DueAt(first.Time) is var due && due <= Watermark) Emit(held, due);
        Wait();
    }

    void Wait()
    {
        if (held.TryPeek(out _, out (long Time, long) first)) end.Set(this, new TimeSpan(at + DueAt(first.Time) - Watermark - Now));
        else end.Clear();
    }
}
