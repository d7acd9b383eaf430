using Godot.Common;
using Godot.Events;
using Godot.Recipes;
using Godot.Stages;

namespace Godot;

public sealed partial class Reactor
{
    /// <summary>
    /// Keeps the last event of each series for as long as it is valid, to be asked with <see cref="Engine.Search"/> or <c>godot query</c>,
    /// and passes every event on. When one is valid no more, it leaves the index and is emitted with the state "expired" and the time of
    /// that. Scope: each series.
    /// </summary>
    /// <remarks>
    /// An event is valid for its own ttl, counted from its arrival. One that arrives with the state "expired" takes its series out of the
    /// index, and passes. Time in which this monitor was itself stalled or overloaded does not count, but for what is more than ten minutes
    /// of overload: then <c>meta.monitor_overloaded_seconds</c> says so. Memory: the last event per key. One timer per key, and only while
    /// it is in the index.
    /// </remarks>
    /// <param name="name">How it is asked for. Unique in an engine. Default: "index".</param>
    /// <param name="ttl">How long an event is valid that says none. Default: 60 seconds.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty, or the ttl is not longer than zero. When the reactor is added: there is an index of this name.
    /// </exception>
    public Reactor Index(string name = IndexStage.UsualName, TimeSpan? ttl = null)
    {
        RecipeRules.NotEmpty(name, "An index's name", nameof(name));
        TimeSpan otherwise = ttl ?? TimeSpan.FromSeconds(60);
        RecipeRules.Positive(otherwise, "Index's ttl", nameof(ttl));
        List<string> texts = name == IndexStage.UsualName ? [] : [RecipeText.Quote(name)];
        if (ttl is not null) texts.Add($"ttl: {RecipeText.Of(otherwise)}");
        return Add($"Index({string.Join(", ", texts)})", Scope.Series, () => new IndexStage(name, otherwise));
    }
}

sealed class IndexStage(string name, TimeSpan ttl) : KeepingStage<IndexStage.State>
{
    protected internal override string? StateShape => "";

    protected internal override TimeSpan Remembers => TimeSpan.Zero;

    public const string UsualName = "index";

    // One more than the highest key that was ever used; read without the lane's lock.
    int keys;

    public struct State : IKeepsEvent<State>
    {
        public StoredEvent Last;

        // Set while the event is in the index.
        public Deadline Deadline;

        public static ref StoredEvent EventOf(ref State state) => ref state.Last;
    }

    public string Name => name;

    public int Keys => Volatile.Read(ref keys);

    protected override void On(EventView e, ref State state)
    {
        if (e.Is(FieldSet.State, "expired"u8)) state.Deadline.Clear();
        else
        {
            Note();
            Keep(e, ref state);
            state.Deadline.Set(this, e.Ttl ?? ttl);
        }
        Send(e);
    }

    protected override void OnWake(ref State state)
    {
        if (!state.Deadline.HasCome(this, out TimeSpan unheard)) return;
        Send(Unheard.Mark(Kept(in state) with { State = "expired", Time = Clock.GetUtcNow() }, unheard));
    }

    protected override void Save(ref readonly State state, StateWriter writer)
    {
        if (!state.Deadline.IsSet) return;
        state.Deadline.Save(this, writer);
        writer.Write(Kept(in state));
    }

    protected override void Load(ref State state, StateReader reader)
    {
        Note();
        state.Deadline.Load(this, reader);
        Keep(reader.ReadEvent(), ref state);
    }

    protected override bool MayForget(ref readonly State state) => !state.Deadline.IsSet;

    // The key that is being handled is one of ours.
    void Note()
    {
        if (Host.Key >= keys) Volatile.Write(ref keys, Host.Key + 1);
    }

    /// <summary>What the index has for a key. Under the lane's lock.</summary>
    public bool TryGet(int key, out EventView e)
    {
        e = default;
        // Nobody's: to look would make the page anew that was given back.
        if (Host.BirthOf(key) == 0) return false;
        ref State state = ref StateOf(key);
        e = state.Deadline.IsSet ? Kept(in state) : default;
        return state.Deadline.IsSet;
    }
}
