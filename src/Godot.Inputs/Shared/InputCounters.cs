using Godot.Events;

namespace Godot;

/// <summary>What one input has seen since the start. Counted by many threads; read by metrics.</summary>
/// <param name="reasons">Why its decoder rejects.</param>
sealed class InputCounters(IReadOnlyList<string> reasons)
{
    long received, dropped, bytes, opened, refused, idle, strangers, left;
    readonly long[] rejected = new long[reasons.Count], incomplete = new long[reasons.Count];
    int open;

    /// <summary>Why its decoder rejects; a <see cref="RejectReason"/> is a place among these.</summary>
    public IReadOnlyList<string> Reasons => reasons;

    public long Received => Volatile.Read(ref received);
    public long Rejected(RejectReason reason) => Volatile.Read(ref rejected[(int)reason]);
    public long Incomplete(RejectReason reason) => Volatile.Read(ref incomplete[(int)reason]);
    public long AllRejected => Enumerable.Range(0, reasons.Count).Sum(r => Rejected((RejectReason)r));
    public long Dropped => Volatile.Read(ref dropped);
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>Connections: open now, opened ever, closed because there were too many, closed because they were silent.</summary>
    public int Open => Volatile.Read(ref open);
    public long Opened => Volatile.Read(ref opened);
    public long Refused => Volatile.Read(ref refused);
    public long Idle => Volatile.Read(ref idle);

    /// <summary>Connections and datagrams of peers that may not send.</summary>
    public long Strangers => Volatile.Read(ref strangers);

    /// <summary>Bytes that had come, and that the stop did not read any more.</summary>
    public long Left => Volatile.Read(ref left);

    public void AddReceived(long events) => Interlocked.Add(ref received, events);
    public void AddRejected(RejectReason reason, long lines) => Interlocked.Add(ref rejected[(int)reason], lines);
    public void AddIncomplete(RejectReason reason, long events) => Interlocked.Add(ref incomplete[(int)reason], events);
    public void AddDropped(long events) => Interlocked.Add(ref dropped, events);
    public void AddBytes(long count) => Interlocked.Add(ref bytes, count);

    public void CountOpened()
    {
        Interlocked.Increment(ref opened);
        Interlocked.Increment(ref open);
    }

    public void CountClosed() => Interlocked.Decrement(ref open);
    public void CountRefused() => Interlocked.Increment(ref refused);
    public void CountStranger() => Interlocked.Increment(ref strangers);
    public void AddLeft(long count) => Interlocked.Add(ref left, count);
    public void CountIdle() => Interlocked.Increment(ref idle);
}
