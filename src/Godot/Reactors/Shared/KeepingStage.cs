using System.Runtime.CompilerServices;
using Godot.Events;
using Godot.Memory;

namespace Godot;

/// <summary>State of a key with an event in it.</summary>
interface IKeepsEvent<TSelf>
    where TSelf : struct, IKeepsEvent<TSelf>
{
    static abstract ref StoredEvent EventOf(ref TSelf state);
}

/// <summary>
/// A stage that keeps an event of each key: all of them side by side, brought near in time, and given back with their key.
/// </summary>
abstract class KeepingStage<TState> : Stage<TState>
    where TState : struct, IKeepsEvent<TState>
{
    readonly ListArena<uint> events = new();

    /// <summary>Keeps an event instead of the one before.</summary>
    protected void Keep(EventView e, ref TState state) => TState.EventOf(ref state).Set(e, events);

    /// <summary>The event that is kept; there must be one. Valid as long as one that is handed to a stage.</summary>
    protected EventView Kept(ref readonly TState state) => TState.EventOf(ref Unsafe.AsRef(in state)).View(events);

    /// <summary>Keeps none.</summary>
    protected void LetGo(ref TState state) => TState.EventOf(ref state).Clear(events);

    private protected sealed override void Release(ref TState state) => LetGo(ref state);

    internal sealed override void PrefetchKept(int key) => TState.EventOf(ref StateOf(key)).Prefetch(events);
}
