using Godot.Recipes;
using Godot.Stages;
using Godot.Statistics;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>Holds events back and emits those of each window of time as one batch when the window is over. Scope: all.</summary>
    /// <remarks>
    /// Windows follow each other without a gap; what comes at the very end of one is in the next. A window without events emits nothing;
    /// <c>Expire</c> tells of silence. Whether an event has a metric makes no difference.
    /// <para>
    /// By default a window holds what arrived in it, whatever time the events themselves say, and a timer closes it: a host with a wrong
    /// clock is gathered like the others, and nothing is late.
    /// </para>
    /// <para>
    /// With a <paramref name="lateness"/> the events' own time decides, so that what was delayed on its way is in the window in which it
    /// happened; a batch is then in order of that time. The newest event says what time it is, and while none comes, that time goes on with
    /// the clock. When it is <paramref name="lateness"/> past the end of a window, the window is closed; events that come for it later are
    /// dropped and counted as late. An event whose time is ahead of the server's clock does not close windows before that clock would;
    /// ahead by more than the lateness, it has a wrong clock and counts as of its arrival.
    /// </para>
    /// <para>
    /// When a window holds as many events as the limit (with a lateness: all windows that are open together), further ones are lost in this
    /// reactor, counted and logged. When the server stops, what is held comes out. Memory: the events held, per key. One timer per key, and
    /// only while it holds events.
    /// </para>
    /// </remarks>
    /// <param name="length">How long a window is.</param>
    /// <param name="offset">
    /// Aligns windows to the calendar, in UTC: one begins at midnight plus this, for lengths that divide a day. Zero: windows of an hour
    /// begin on the hour. Default: the first begins with the first event; with a lateness, zero.
    /// </param>
    /// <param name="lateness">
    /// How long to wait for events that were delayed. Zero: not at all. Default: the time of arrival decides, not the events' own.
    /// </param>
    /// <param name="limit">How many events are held at most. Default 10,000.</param>
    /// <exception cref="ArgumentException">
    /// The length is not longer than zero, the offset is negative or not shorter than the length, the lateness is negative, or the limit is
    /// below 1.
    /// </exception>
    public BatchReactor TimeWindow(TimeSpan length, TimeSpan? offset = null, TimeSpan? lateness = null, int limit = 10_000)
    {
        string text = WindowRules.Check("TimeWindow", length, offset, lateness, limit);
        AlignedPeriods aligned = new(length.Ticks, offset.GetValueOrDefault().Ticks);
        return new(this, new StageStep(text, Scope.All, lateness is { } late ? () => new EventTimeWindowStage(aligned, late.Ticks, limit)
            : offset is null ? () => new TimeWindowStage(length, limit)
            : () => new AlignedWindowStage(aligned, limit)));
    }
}

/// <summary>By arrival, from the first event on.</summary>
sealed class TimeWindowStage(TimeSpan length, int limit) : Stage
{
    protected internal override string? StateShape => "by arrival";

    protected internal override TimeSpan Remembers => AtLeast(length);

    readonly HeldEvents held = new("TimeWindow", limit);
    Periods windows;
    IntervalEnd end;

    public override void On(EventView e)
    {
        windows.Begin(Now);
        held.Add(e);
        if (held.Count == 1) end.Set(this, windows.UntilNext(Now, length));
    }

    internal override void OnWake(int key)
    {
        if (end.HasCome(this)) Flush();
    }

    protected override void Flush()
    {
        if (held.Count > 0) Send(held.Take());
    }

    protected override string? Describe() => InWords.Held(held.Count, DueIn());

    private protected override long? DueIn() => end.IsSet ? end.Left(this) : null;

    protected override void Save(StateWriter state)
    {
        windows.Save(state);
        held.Save(state);
    }

    protected override void Load(StateReader state)
    {
        windows.Load(state);
        held.Load(state);
        if (held.Count > 0) end.Set(this, windows.UntilNext(Now, length));
    }

    protected override bool MayForget() => held.Count == 0;
}

/// <summary>By arrival, aligned to the calendar.</summary>
sealed class AlignedWindowStage(AlignedPeriods windows, int limit) : Stage
{
    // What waits in it keeps the key; nothing else does.
    protected internal override TimeSpan Remembers => TimeSpan.Zero;

    readonly HeldEvents held = new("TimeWindow", limit);

    // When the window that holds events ends, by the calendar too; in a run of the program after it, that may be long ago.
    long ends;
    IntervalEnd end;

    public override void On(EventView e)
    {
        held.Add(e);
        if (held.Count == 1) Open(windows.EndOf(UtcNow));
    }

    void Open(long until)
    {
        ends = until;
        end.Set(this, new TimeSpan(until - UtcNow));
    }

    internal override void OnWake(int key)
    {
        if (end.HasCome(this)) Flush();
    }

    protected override void Flush()
    {
        if (held.Count > 0) Send(held.Take());
    }

    protected override string? Describe() => InWords.Held(held.Count, DueIn());

    private protected override long? DueIn() => end.IsSet ? end.Left(this) : null;

    protected override void Save(StateWriter state)
    {
        if (held.Count == 0) return;
        state.Write(ends);
        held.Save(state);
    }

    protected override void Load(StateReader state)
    {
        long saved = state.ReadInt64();
        held.Load(state);
        // Unless the calendar was set back meanwhile.
        Open(Math.Min(saved, windows.EndOf(UtcNow)));
    }

    protected override bool MayForget() => held.Count == 0;
}

/// <summary>By the events' own time.</summary>
sealed class EventTimeWindowStage(AlignedPeriods windows, long lateness, int limit) : EventTimeStage("TimeWindow", lateness, limit)
{
    protected override long DueAt(long time) => windows.EndOf(time);

    protected override void Emit(PriorityQueue<Event, (long Time, long Order)> held, long due)
    {
        List<Event> batch = [];
        while (held.TryPeek(out Event? e, out (long Time, long) at) && at.Time < due)
        {
            held.Dequeue();
            batch.Add(e);
        }
        Send(new TimedBatch(batch));
    }
}
