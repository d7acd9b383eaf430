using System.Collections.Concurrent;

namespace Godot;

/// <summary>
/// The one budget for the beginnings of lines whose rest has not come. Beyond it the connection that holds the most is given up, the oldest
/// of several: not whoever comes next, who may be anybody.
/// </summary>
/// <param name="most">Bytes.</param>
sealed class UnfinishedLines(long most)
{
    readonly ConcurrentDictionary<SlotFeed, byte> feeds = [];
    readonly Lock gate = new();
    long total;

    /// <summary>Bytes that all of them hold.</summary>
    public long Bytes => Volatile.Read(ref total);

    public void Add(SlotFeed feed) => feeds[feed] = 0;

    /// <summary>It has ended, and holds nothing any more.</summary>
    public void Remove(SlotFeed feed) => feeds.TryRemove(feed, out _);

    /// <summary>What a feed holds has grown, or shrunk, by so much.</summary>
    public void Change(long bytes)
    {
        if (Interlocked.Add(ref total, bytes) > most && bytes > 0) Shrink();
    }

    void Shrink()
    {
        lock (gate)
        {
            while (Bytes > most && feeds.Select(f => f.Key).Where(f => f.Held > 0).OrderByDescending(f => f.Held).ThenBy(f => f.HeldSince)
                .FirstOrDefault() is { } victim)
                victim.GiveUp();
        }
    }
}
