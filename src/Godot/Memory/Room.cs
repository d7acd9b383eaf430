namespace Godot.Memory;

/// <summary>How many keys there may be, over all lanes, and how many bytes their names may take. May be asked from any thread.</summary>
sealed class Room(int mostKeys, long mostBytes)
{
    // Searches are not more frequent. After one that found nothing to forget the next comes twice as late: it looks at all keys.
    static readonly long Shortest = TimeSpan.TicksPerSecond, Longest = TimeSpan.TicksPerMinute;

    long pause = Shortest;

    int keys, searches;
    long bytes, forgotten, nextSearch;

    public int Keys => Volatile.Read(ref keys);

    public int MostKeys => mostKeys;

    /// <summary>What the names of all keys take, without what it costs to store them.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>How many keys were forgotten before their time, for others to have room.</summary>
    public long Forgotten => Interlocked.Read(ref forgotten);

    /// <summary>True if so many more keys would fit, with names of so many bytes together.</summary>
    public bool Fits(int more, long names) => Keys + (long)more <= mostKeys && Bytes + names <= mostBytes;

    /// <summary>Takes room for one key.</summary>
    /// <param name="name">The length of its name in bytes.</param>
    /// <param name="always">Also where there is none.</param>
    public bool TryTake(int name, bool always = false)
    {
        bool fits = Interlocked.Increment(ref keys) <= mostKeys;
        fits &= Interlocked.Add(ref bytes, name) <= mostBytes;
        if (fits || always) return true;
        GiveBack(name);
        return false;
    }

    public void GiveBack(int name)
    {
        Interlocked.Decrement(ref keys);
        Interlocked.Add(ref bytes, -name);
    }

    /// <summary>True for one thread at a time, a second or more after the last one: it may look for keys to forget.</summary>
    /// <param name="now">100 ns since any one moment.</param>
    /// <param name="search">The search's number.</param>
    public bool MaySearch(long now, out int search)
    {
        long next = Interlocked.Read(ref nextSearch);
        bool may = now >= next && Interlocked.CompareExchange(ref nextSearch, now + Interlocked.Read(ref pause), next) == next;
        search = may ? Interlocked.Increment(ref searches) : 0;
        return may;
    }

    /// <summary>How many keys a search is to forget: an eighth of all.</summary>
    public int Wanted => Keys / 8 + 1;

    /// <summary>So many keys were forgotten by a search.</summary>
    public void CountForgotten(int count)
    {
        Interlocked.Add(ref forgotten, count);
        Interlocked.Exchange(ref pause, count > 0 ? Shortest : Math.Min(2 * Interlocked.Read(ref pause), Longest));
    }
}
