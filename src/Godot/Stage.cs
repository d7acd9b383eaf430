using System.Runtime.CompilerServices;
using Godot.Memory;
using Godot.Stages;

namespace Godot;

/// <summary>
/// The running piece of a recipe. It is handed one event at a time and sends on what it likes; it needs no lock, whatever it keeps.
/// </summary>
/// <remarks>
/// A stage derived from this class may have ordinary fields: the engine makes one instance per key of its scope. Where there are many
/// keys, derive from <see cref="Stage{TState}"/>. A stage that throws loses that event in that reactor, and nothing else.
/// </remarks>
public abstract class Stage : ITimed
{
    // Set once, before the first event.
    internal StageHost Host = null!;
    internal StageSlot Slot = null!;

    // The key that this instance serves; a stage that serves all keys has none of its own.
    internal int Key = StageHost.AnyKey;
    internal long Birth;

    /// <summary>Takes the next event. Timers, posted actions and events never run at the same time.</summary>
    public abstract void On(EventView e);

    /// <summary>
    /// Emits what the stage holds, because the server stops, the reactor is removed, or its key has been idle for long and is freed.
    /// Nothing comes after it.
    /// </summary>
    protected virtual void Flush()
    {
    }

    /// <summary>
    /// Writes what the stage holds, so that <see cref="Load(StateReader)"/> can take it up in another run of the program. Default: nothing,
    /// and it begins anew there.
    /// </summary>
    protected virtual void Save(StateWriter state)
    {
    }

    /// <summary>
    /// Takes up what <see cref="Save(StateWriter)"/> wrote, in the same order, before the first event, and asks again for what it asked of
    /// <see cref="After"/>. Not called if it wrote nothing.
    /// </summary>
    protected virtual void Load(StateReader state)
    {
    }

    /// <summary>
    /// What <see cref="Save(StateWriter)"/> writes has this version; raise it when that changes. What a newer version wrote is not loaded.
    /// Default 1.
    /// </summary>
    protected internal virtual int StateVersion => 1;

    /// <summary>
    /// What of the verb's arguments decides how saved state is read, as a text. While that stays the same, the stage takes up what it held
    /// also where other arguments have changed. Asked before the first event. Default: null, all of them.
    /// </summary>
    protected internal virtual string? StateShape => null;

    /// <summary>
    /// How long after a key's last event what the stage holds for it still matters: it is not freed before, unless room is short
    /// (<see cref="EngineOptions.MaxSeries"/>). Asked once. Default: <see cref="ForgetAfter"/>.
    /// </summary>
    protected internal virtual TimeSpan Remembers => ForgetAfter;

    /// <summary>
    /// How long verbs without a time of their own remember a key: what <see cref="EngineOptions.ForgetAfter"/> says, or the <c>By</c>
    /// around this one.
    /// </summary>
    protected TimeSpan ForgetAfter => Host.ForgetAfter;

    /// <summary>For verbs whose meaning outlasts their own time: that time, or <see cref="ForgetAfter"/> if it is longer.</summary>
    private protected TimeSpan AtLeast(TimeSpan time) => time > ForgetAfter ? time : ForgetAfter;

    /// <summary>For verbs that go on by themselves when nothing comes: whether they have long enough, by <see cref="Awake"/>.</summary>
    /// <param name="came">When the last event came.</param>
    /// <param name="interval">At least once they do.</param>
    private protected bool HasEnded(long came, TimeSpan interval) => Awake - came > Math.Max(Host.IdleAfter.Ticks, interval.Ticks);

    /// <summary>
    /// False while something waits in the stage that must not be forgotten, however long its key has been quiet: an event that is held, a
    /// deadline that is yet to come. Default: it may be.
    /// </summary>
    protected virtual bool MayForget() => true;

    /// <summary>
    /// What the stage holds for its key, in words that <see cref="Engine.Why"/> shows: <c>passed 1 of 1, again in 3 min</c>. Called under
    /// the lane's lock, between events: it changes nothing, sends nothing and takes no time. Default: null, nothing that it can say.
    /// </summary>
    protected virtual string? Describe() => null;

    /// <summary>In how many times 100 ns the stage does something for its key by itself; null if it does not.</summary>
    private protected virtual long? DueIn() => null;

    /// <summary>Hands an event to the next stage.</summary>
    protected void Send(EventView e) => Slot.Next?.Receive(e);

    /// <summary>An event counts for the figures that this key's events are sent with.</summary>
    private protected void Counts(EventView e) => Slot.Names?.Add(e, Host.Key);

    /// <summary>
    /// Hands on an event with a figure that is made of all that counted: without the names that these do not have in common.
    /// </summary>
    private protected void SendFigure(EventView e) => Slot.Next?.Receive(Slot.Names is { } names ? names.Of(e, Host.Key) : e);

    /// <summary>Hands a batch to the next stage; for stages whose verb makes a <see cref="BatchReactor"/>.</summary>
    private protected void Send(IReadOnlyList<Event> batch) => Slot.Next?.Receive(batch);

    /// <summary>The engine's clock; virtual in tests and in replay.</summary>
    protected TimeProvider Clock => Host.Time.Provider;

    /// <summary>
    /// Runs an action once, after a time, on this lane, with the key of the event that is being handled. It does not run if the key is
    /// freed before.
    /// </summary>
    protected void After(TimeSpan time, Action act)
    {
        ArgumentNullException.ThrowIfNull(act);
        Host.After(this, time, new Deferred(this, act));
    }

    /// <summary>A <see cref="Deadline"/> may have come. Default: nothing.</summary>
    protected virtual void OnWake()
    {
    }

    /// <summary>
    /// Runs an action soon on this lane. The only member that may be called from any thread, and only of a stage that has a key of its own.
    /// </summary>
    protected void Post(Action act)
    {
        ArgumentNullException.ThrowIfNull(act);
        Host.Post(this, act);
    }

    /// <summary>100 ns since the engine began, by the clock of arrival: what silence and throttling are measured with.</summary>
    internal long Now => Host.Time.Now;

    /// <summary><see cref="Now"/>, less the time in which the monitor itself was stalled or overloaded, and could hear nobody.</summary>
    internal long Awake => Host.Time.Awake;

    /// <summary>What the calendar says, 100 ns since the unix epoch. It may be set, forth and back; <see cref="Now"/> never is.</summary>
    internal long UtcNow => Host.Time.UtcNow;

    /// <summary>
    /// By how much two readings of the calendar and of <see cref="Now"/> must disagree before the calendar is taken to have been set: the
    /// two are not read at the same instant.
    /// </summary>
    internal const long ClockWasSet = TimeSpan.TicksPerSecond;

    /// <summary>By the clock of <see cref="Awake"/>, up to when everything that arrived has been heard: what silence is judged
    /// by.</summary>
    internal long Heard => Host.Time.Heard;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Receive(EventView e)
    {
        Slot.Handled++;
        try
        {
            On(e);
        }
        // A user's function may throw anything; the promise is that only this event is lost, and counted.
        catch (Exception thrown)
        {
            Host.Threw(this, thrown, e);
        }
    }

    internal void Receive(IReadOnlyList<Event> batch)
    {
        Slot.Handled++;
        try
        {
            OnBatch(batch);
        }
        // As above: only this batch is lost.
        catch (Exception thrown)
        {
            Host.Threw(this, thrown, batch);
        }
    }

    /// <summary>True if one instance serves all keys of its lane; otherwise the engine makes one per key.</summary>
    internal virtual bool ServesAllKeys => false;

    /// <summary>
    /// True if it looks at no other event than the one that it is handed, and asks for no timer: there is nothing to emit at the end.
    /// </summary>
    internal virtual bool KeepsNothing => false;

    internal virtual void OnBatch(IReadOnlyList<Event> batch) => throw new InvalidOperationException($"{Slot.Id} takes no batches.");

    /// <summary>True if it has state per key that is worth bringing near before its events come.</summary>
    internal virtual bool KeepsState => false;

    /// <summary>Brings the state of a key near.</summary>
    internal virtual void Prefetch(int key)
    {
    }

    /// <summary>Brings near what the state of a key refers to.</summary>
    internal virtual void PrefetchKept(int key)
    {
    }

    Stage ITimed.Stage => this;

    void ITimed.Run(int key) => OnWake(key);

    /// <summary>The time of a timer without an action has come for this key.</summary>
    internal virtual void OnWake(int key) => OnWake();

    /// <summary>Before the first event: one such as this is expected to come.</summary>
    internal virtual void OnExpected(int key, EventView e)
    {
    }

    /// <summary>True if it wants to be told what names its keys, where those are tuples.</summary>
    internal virtual bool NamesKeys => false;

    /// <summary>A key is new.</summary>
    internal virtual void OnKey(int key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
    }

    internal virtual void FlushKey(int key) => Flush();

    internal virtual string? DescribeKey(int key) => Describe();

    internal virtual long? DueOf(int key) => DueIn();

    internal virtual void SaveKey(int key, StateWriter state) => Save(state);

    internal virtual void LoadKey(int key, StateReader state) => Load(state);

    /// <summary>Counts an event that came too late to be taken into account.</summary>
    private protected void CountLate() => Slot.TooLate++;

    /// <summary>The key is gone: forget its state.</summary>
    internal virtual void Release(int key)
    {
    }

    /// <summary>All keys are gone whose states stand together with this one's: gives back that memory.</summary>
    internal virtual void FreePageOf(int key)
    {
    }

    /// <summary>False while something waits in this key's state that must not be forgotten, however long it has been quiet.</summary>
    internal virtual bool MayForget(int key) => MayForget();

    /// <summary>
    /// False if what waits must not be forgotten even where there is no other way to make room: somebody else's answer is under way, and
    /// does not take long.
    /// </summary>
    internal virtual bool MayBeForced => true;
}

/// <summary>
/// A stage whose state per key is a struct that the engine keeps, side by side with that of other keys. One instance serves all keys of a
/// lane, so it must not keep anything else.
/// </summary>
/// <typeparam name="TState">The state; the default value is that of a key not seen before.</typeparam>
public abstract class Stage<TState> : Stage
    where TState : struct
{
    readonly Slab<TState> states = new();

    /// <summary>Takes the next event, with the state of its key.</summary>
    protected abstract void On(EventView e, ref TState state);

    /// <inheritdoc/>
    public sealed override void On(EventView e) => On(e, ref states[Host.Key]);

    /// <summary>Emits what a key's state holds; see <see cref="Stage.Flush()"/>.</summary>
    protected virtual void Flush(ref TState state)
    {
    }

    /// <summary>Writes what a key's state holds; see <see cref="Stage.Save(StateWriter)"/>.</summary>
    protected virtual void Save(ref readonly TState state, StateWriter writer)
    {
    }

    /// <summary>
    /// Takes up what was written, and asks again for what it asked of <see cref="Wake"/>; see <see cref="Stage.Load(StateReader)"/>.
    /// </summary>
    protected virtual void Load(ref TState state, StateReader reader)
    {
    }

    /// <summary>
    /// Has <see cref="OnWake(ref TState)"/> called once after a time, for the key of the event that is being handled. Cheaper than
    /// <see cref="Stage.After"/>: it allocates nothing.
    /// </summary>
    protected void Wake(TimeSpan time) => Host.After(this, time, this);

    /// <summary>The time asked for with <see cref="Wake"/> has come, or a <see cref="Deadline"/> may have.</summary>
    protected virtual void OnWake(ref TState state)
    {
    }

    /// <summary>False while this state must not be forgotten, however long its key has been quiet. Default: it may.</summary>
    protected virtual bool MayForget(ref readonly TState state) => true;

    /// <summary>What a key's state holds, in words; see <see cref="Stage.Describe()"/>.</summary>
    protected virtual string? Describe(ref readonly TState state) => null;

    /// <inheritdoc cref="Stage.DueIn()"/>
    private protected virtual long? DueIn(ref readonly TState state) => null;

    internal sealed override bool ServesAllKeys => true;

    internal sealed override void OnWake(int key) => OnWake(ref states[key]);

    /// <inheritdoc cref="Stage.OnExpected(int, EventView)"/>
    private protected virtual void OnExpected(EventView e, ref TState state)
    {
    }

    internal sealed override void OnExpected(int key, EventView e) => OnExpected(e, ref states[key]);

    internal sealed override void FlushKey(int key) => Flush(ref states[key]);

    internal sealed override string? DescribeKey(int key) => Describe(ref states[key]);

    internal sealed override long? DueOf(int key) => DueIn(ref states[key]);

    internal sealed override void SaveKey(int key, StateWriter state) => Save(ref states[key], state);

    internal sealed override void LoadKey(int key, StateReader state) => Load(ref states[key], state);

    internal sealed override void Release(int key)
    {
        ref TState state = ref states[key];
        Release(ref state);
        state = default;
    }

    /// <summary>The key is gone: gives back what its state refers to in memory that the stage shares among keys.</summary>
    private protected virtual void Release(ref TState state)
    {
    }

    internal sealed override void FreePageOf(int key) => states.FreePageOf(key);

    internal sealed override bool MayForget(int key) => MayForget(ref states[key]);

    internal sealed override bool KeepsState => true;

    internal override void Prefetch(int key) => Cache.Prefetch(in states[key]);

    /// <summary>The state of a key.</summary>
    private protected ref TState StateOf(int key) => ref states[key];
}
