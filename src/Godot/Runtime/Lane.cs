using System.Collections.Concurrent;
using Godot.Events;
using Godot.Memory;
using Godot.Stages;

namespace Godot.Runtime;

/// <summary>
/// A lock and a shard of the state. Whoever holds the lock runs the lane: events, timers and posted actions, one at a time.
/// </summary>
sealed class Lane : LaneClock
{
    /// <summary>
    /// In the time after which a key is idle, the lane is swept so often. Sweeps are counted, not seconds: time in which nobody was heard
    /// makes nothing idle.
    /// </summary>
    public const int IdleSweeps = 4;

    /// <summary>What an idle key is asked for.</summary>
    public static Forgetting After(Recency recency) => recency.Sweeps == IdleSweeps + 1 ? Forgetting.FoundIdle : Forgetting.StillIdle;

    // What takes the lane again and again for a long work is not put off for longer each time.
    static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(20);

    readonly Engine engine;
    readonly EngineOptions options;
    readonly ConcurrentQueue<StageTimer> posted = new();
    long nextDue = long.MaxValue;

    readonly Lock gate = new();
    int waiting;

    // Now, less the time in which the process was stalled; and what this pass has found waiting before the engine, if it has looked.
    long running, heard, lag;
    bool looked;

    bool freed;

    public Lane(int index, Engine engine, EngineOptions options)
    {
        (Index, this.engine, this.options) = (index, engine, options);
        Series = new SeriesTable(this, engine);
    }

    public int Index { get; }

    public override TimeProvider Provider => options.TimeProvider;

    public EngineOptions Options => options;

    public bool WaitsForTasks => options.WaitsForTasks;

    // Everything below is touched only under the lock.

    public readonly Scratch Scratch = new();
    public readonly TimingWheel Timers = new();
    public readonly SeriesTable Series;

    /// <summary>What the lane emits into: that of whoever runs it now.</summary>
    public Exchange Pass { get; private set; } = null!;

    /// <summary>The reactors that run.</summary>
    public Plan Plan { get; private set; } = Plan.Empty;

    public override long Heard
    {
        get
        {
            if (!looked) Look();
            return heard;
        }
    }

    public override long Lag
    {
        get
        {
            if (!looked) Look();
            return lag;
        }
    }

    /// <summary>What time it is for the lane: set while what it holds is looked at as it was.</summary>
    public Moment At
    {
        get => new(Now, UtcNow, Awake, Overloaded, Heard, Lag);
        set => (Now, UtcNow, Awake, Overloaded, heard, lag, looked) =
            (value.Now, value.UtcNow, value.Awake, value.Overloaded, value.Heard, value.Lag, true);
    }

    /// <summary>What time it was for a lane.</summary>
    public readonly record struct Moment(long Now, long UtcNow, long Awake, long Overloaded, long Heard, long Lag);

    /// <summary>When the lane's first timer is due; may be read without the lock.</summary>
    public long NextDue => Volatile.Read(ref nextDue);

    /// <summary>Takes the lane's lock until the result is disposed of.</summary>
    public Run Enter(Exchange pass)
    {
        if (!gate.TryEnter()) Wait(Timeout.InfiniteTimeSpan);
        return BeginOrExit(pass);
    }

    /// <summary>The same, if the lock can be had within a time.</summary>
    public bool TryEnter(Exchange pass, TimeSpan patience, out Run run)
    {
        bool entered = gate.TryEnter() || (patience != TimeSpan.Zero && Wait(patience));
        run = entered ? BeginOrExit(pass) : default;
        return entered;
    }

    // The clock may be a stranger's, and throw: the lock must not stay taken.
    Run BeginOrExit(Exchange pass)
    {
        try
        {
            return Begin(pass);
        }
        catch
        {
            gate.Exit();
            throw;
        }
    }

    /// <summary>
    /// Somebody waits for the lock: who takes it only now and then, and could do without for a moment, lets them in first. May be asked
    /// from any thread.
    /// </summary>
    public bool IsWanted => Volatile.Read(ref waiting) > 0;

    /// <summary>Lets those in first who wait for the lock, but does not wait for ever. Called without the lock.</summary>
    public void GiveWay()
    {
        if (IsWanted) SpinWait.SpinUntil(() => !IsWanted, Courtesy);
    }

    bool Wait(TimeSpan patience)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            return gate.TryEnter(patience);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    Run Begin(Exchange pass)
    {
        (Pass, Plan, Now, UtcNow) = (pass, engine.Plan, engine.Now, engine.UtcNow);
        running = Now - engine.Stalls.StalledBy(Now);
        Overloaded = engine.Backlogs.Overloaded;
        Awake = Math.Max(Awake, running - engine.Backlogs.Unheard);
        looked = false;
        Scratch.Current = Scratch;
        return new Run(this);
    }

    /// <summary>Holds a lane's lock.</summary>
    public readonly ref struct Run(Lane lane)
    {
        public void Dispose()
        {
            Scratch.Current = null;
            lane.Pass = null!;
            Volatile.Write(ref lane.nextDue, lane.Timers.NextDue);
            lane.gate.Exit();
        }
    }

    void Look()
    {
        looked = true;
        (long upTo, lag) = engine.Backlogs.Look(running);
        heard = Math.Max(heard, Math.Min(upTo, Awake));
    }

    /// <summary>Runs the timers that are due.</summary>
    public void FireDue() => Timers.Run(Now, static timer => timer.What.Stage.Host.Fire(timer));

    /// <summary>From any thread: runs an action on this lane soon.</summary>
    public void Post(StageTimer action)
    {
        posted.Enqueue(action);
        ThreadPool.UnsafeQueueUserWorkItem(static lane => lane.VisitPosted(), this, preferLocal: false);
    }

    /// <summary>
    /// Runs what was posted, before anything else in this pass; what that posts is run later. Not while emissions are handed over: it may
    /// add to those.
    /// </summary>
    public void RunPosted()
    {
        for (int left = posted.Count; left > 0 && posted.TryDequeue(out StageTimer action); left--) action.What.Stage.Host.Fire(action);
    }

    // Unless somebody has run it meanwhile.
    void VisitPosted()
    {
        if (!posted.IsEmpty) engine.RunOn(this, static lane => lane.RunPosted());
    }

    /// <summary>
    /// Frees series, and keys of the lane's shards, that no event has come of since <see cref="IdleSweeps"/> before this one, with their
    /// timers.
    /// </summary>
    public void Sweep()
    {
        Series.Sweep();
        foreach (RunningReactor reactor in Plan.Reactors)
            foreach (Segment segment in reactor.Segments)
                if (segment.ShardOn(this) is { } shard) shard.Sweep();
        RemoveFreedTimers();
    }

    /// <summary>Takes out the timers of keys that were freed.</summary>
    public void RemoveFreedTimers()
    {
        if (freed) Timers.RemoveAll(static timer => !timer.What.Stage.Host.IsWaited(timer));
        freed = false;
    }

    /// <summary>A key was freed: timers may be left that nobody waits for.</summary>
    public void NoteFreed() => freed = true;
}
