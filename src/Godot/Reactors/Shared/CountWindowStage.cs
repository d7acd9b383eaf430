using Godot.Memory;
using Godot.Statistics;

namespace Godot;

/// <summary>
/// A stage that keeps a window of each key, of so many numbers: all of them side by side, brought near in time, and given back with their
/// key.
/// </summary>
abstract class CountWindowStage<T>(int count) : Stage<CountWindow<T>>
    where T : struct, ISummary<T>
{
    protected int Size => count;

    protected ListArena<T> Rings { get; } = new();

    protected sealed override string? Describe(ref readonly CountWindow<T> window)
    {
        int held = window.Held(count);
        return held == 0 ? "no metric yet"
            : $"{InWords.Number(Figure(window.Total(count, Rings), held))} over {InWords.Filled(held, count)}";
    }

    /// <summary>What the window comes to.</summary>
    protected abstract double Figure(T total, int held);

    protected sealed override void Save(ref readonly CountWindow<T> window, StateWriter writer) => window.Save(writer, count, Rings);

    protected sealed override void Load(ref CountWindow<T> window, StateReader reader) => window.Load(reader, count, Rings);

    private protected sealed override void Release(ref CountWindow<T> window) => window.Clear(count, Rings);

    internal sealed override void PrefetchKept(int key) => StateOf(key).Prefetch(count, Rings);
}
