namespace Godot;

/// <summary>What one lane has to do later, in the order in which it is due; at the same time, older keys first, whatever lane they are on.</summary>
sealed class Timers
{
    /// <param name="Act">What to run; null wakes the stage.</param>
    /// <param name="Generation">Of the key when it was asked for: a key that was freed since has another.</param>
    public readonly record struct Timer(Stage Stage, int Key, int Generation, Action? Act);

    readonly PriorityQueue<Timer, (long Due, long Birth, long Sequence)> queue = new();
    long sequence;

    /// <summary>When the first is due; <see cref="long.MaxValue"/> if there is none.</summary>
    public long NextDue => queue.TryPeek(out _, out (long Due, long, long) first) ? first.Due : long.MaxValue;

    public void Add(long due, long birth, Timer timer) => queue.Enqueue(timer, (due, birth, sequence++));

    /// <summary>Takes out everything that the stages of a strand wait for.</summary>
    public void RemoveAll(Strand strand)
    {
        (Timer, (long, long, long))[] others = [.. queue.UnorderedItems.Where(item => item.Element.Stage.Home != strand)];
        if (others.Length == queue.Count) return;
        queue.Clear();
        queue.EnqueueRange(others);
    }

    /// <summary>Takes out the next one that is due by now.</summary>
    public bool TryTake(long now, out Timer timer, out long due)
    {
        if (queue.TryPeek(out timer, out (long Due, long Birth, long) first) && first.Due <= now)
        {
            queue.Dequeue();
            due = first.Due;
            return true;
        }
        due = 0;
        return false;
    }
}
