using Godot.Stages;

namespace Godot.Runtime;

/// <summary>
/// The timers of one slot of the wheel, in the order in which they came. They stand in chunks, so that a million of them cost little more
/// than themselves.
/// </summary>
struct TimerPile
{
    TimerChunk? first, last;

    public void Add(StageTimer timer, TimerChunks spare)
    {
        if (last is null) first = last = spare.Take();
        else if (last.IsFull) last = last.Next = spare.Take();
        last.Add(timer);
    }

    /// <summary>Takes out the first.</summary>
    public bool TryTake(out StageTimer timer, TimerChunks spare)
    {
        timer = default;
        if (first is null) return false;
        timer = first.Take();
        if (!first.IsEmpty) return true;
        TimerChunk empty = first;
        first = empty.Next;
        if (first is null) last = null;
        spare.GiveBack(empty);
        return true;
    }
}

/// <summary>A few timers: filled, then emptied.</summary>
sealed class TimerChunk
{
    readonly StageTimer[] timers = new StageTimer[64];
    int taken, count;

    public TimerChunk? Next { get; set; }

    public bool IsFull => count == timers.Length;

    public bool IsEmpty => taken == count;

    public void Add(StageTimer timer) => timers[count++] = timer;

    public StageTimer Take() => timers[taken++];

    /// <summary>Makes it as good as new, and lets go of what its timers would have run.</summary>
    public void Clear()
    {
        Array.Clear(timers);
        (taken, count, Next) = (0, 0, null);
    }
}

/// <summary>Chunks that no slot needs at the moment.</summary>
sealed class TimerChunks
{
    const int Most = 32;

    readonly Stack<TimerChunk> spare = new(Most);

    public TimerChunk Take() => spare.TryPop(out TimerChunk? chunk) ? chunk : new TimerChunk();

    public void GiveBack(TimerChunk chunk)
    {
        if (spare.Count == Most) return;
        chunk.Clear();
        spare.Push(chunk);
    }
}
