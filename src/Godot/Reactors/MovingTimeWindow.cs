using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// For every event, emits it and all that came less than <paramref name="length"/> before it as one batch. Scope: all.
    /// </summary>
    /// <remarks>
    /// By default time is that of arrival, whatever the events themselves say: a batch comes out at once, in order of arrival, and nothing
    /// is late. With a <paramref name="lateness"/> the events' own time decides: each event waits until the newest is later by so much, or
    /// the clock has gone on by so much; then they come out in the order of their time, each with those that happened less than
    /// <paramref name="length"/> before it. An event that is late by more is dropped and counted. One that is ahead of the server's clock
    /// by more than the lateness has a wrong clock and counts as of its arrival.
    /// <para>
    /// Whether an event has a metric makes no difference. Each event costs a batch: where only a mean or a sum is wanted,
    /// <see cref="MovingAverage(TimeSpan, int)"/> and <see cref="MovingSum(TimeSpan)"/> cost less. While as many events are held as the
    /// limit, further ones
    /// are lost in this reactor, counted and logged. Memory: the events held, per key. Without a lateness it has no timer: nothing comes
    /// out between events; with one, one per key, and only while events wait.
    /// </para>
    /// </remarks>
    /// <param name="length">How long the window is.</param>
    /// <param name="lateness">
    /// How long to wait for events that were delayed. Zero: not at all. Default: the time of arrival decides, not the events' own.
    /// </param>
    /// <param name="limit">How many events are held at most. Default 10,000.</param>
    /// <exception cref="ArgumentException">
    /// The length is not longer than zero, the lateness is negative, or the limit is below 1.
    /// </exception>
    public BatchReactor MovingTimeWindow(TimeSpan length, TimeSpan? lateness = null, int limit = 10_000)
    {
        string text = WindowRules.Check("MovingTimeWindow", length, offset: null, lateness, limit);
        return new(this, new StageStep(text, Scope.All, lateness is { } late
            ? () => new MovingEventTimeWindowStage(length.Ticks, late.Ticks, limit)
            : () => new MovingTimeWindowStage(length.Ticks, limit)));
    }
}

/// <summary>By arrival.</summary>
sealed class MovingTimeWindowStage(long length, int limit) : Stage
{
    protected internal override string? StateShape => "by arrival";

    protected internal override TimeSpan Remembers => new(length);

    readonly Queue<(long Time, Event Event)> window = new();

    public override void On(EventView e)
    {
        while (window.TryPeek(out (long Time, Event) oldest) && oldest.Time <= Now - length) window.Dequeue();
        if (window.Count >= limit) throw HeldEvents.TooMany("MovingTimeWindow", limit);
        window.Enqueue((Now, e.ToEvent()));
        Send([.. window.Select(one => one.Event)]);
    }

    protected override string? Describe() => InWords.Held(window.Count, null);

    protected override void Save(StateWriter state)
    {
        state.Write(window.Count);
        foreach ((long time, Event e) in window)
        {
            state.WriteMoment(time);
            state.Write(e);
        }
    }

    protected override void Load(StateReader state)
    {
        for (int left = state.ReadInt32(); left > 0; left--) window.Enqueue((state.ReadMoment(), state.ReadEvent()));
    }
}

/// <summary>By the events' own time.</summary>
sealed class MovingEventTimeWindowStage(long length, long lateness, int limit) : EventTimeStage("MovingTimeWindow", lateness, limit)
{
    protected internal override TimeSpan Remembers => base.Remembers + new TimeSpan(length);

    readonly Queue<(long Time, Event Event)> window = new();

    protected override long DueAt(long time) => time;

    // What has the time of the last that came out can still come out after it.
    protected override bool IsLate(long time) => time < Watermark;

    protected override int Remembered
    {
        get
        {
            Forget(Watermark);
            return window.Count;
        }
    }

    protected override void MoveBack(long by)
    {
        for (int left = window.Count; left > 0; left--)
        {
            (long time, Event e) = window.Dequeue();
            window.Enqueue((time - by, e));
        }
    }

    protected override void Emit(PriorityQueue<Event, (long Time, long Order)> held, long due)
    {
        Forget(due);
        window.Enqueue((due, held.Dequeue()));
        Send(new TimedBatch([.. window.Select(one => one.Event)]));
    }

    protected override void Save(StateWriter state)
    {
        base.Save(state);
        state.Write(window.Count);
        foreach ((long time, Event e) in window)
        {
            state.Write(time);
            state.Write(e);
        }
    }

    protected override void Load(StateReader state)
    {
        base.Load(state);
        for (int left = state.ReadInt32(); left > 0; left--) window.Enqueue((state.ReadInt64(), state.ReadEvent()));
    }

    void Forget(long now)
    {
        while (window.TryPeek(out (long Time, Event) oldest) && oldest.Time <= now - length) window.Dequeue();
    }
}
