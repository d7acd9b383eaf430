namespace Godot;

/// <summary>Short lists, side by side in pages: a list costs what stands in it and no object. Lists that were given back are used again for others of the same length.</summary>
sealed class Lists<T>
{
    const int PageBits = 12, PageSize = 1 << PageBits, SmallestPage = 16;

    readonly Dictionary<int, Stack<int>> free = [];

    // Only the first page grows, so that few lists cost little. A list that is longer than a page has one to itself.
    T[][] pages = [new T[SmallestPage]];
    int current, used;

    /// <summary>The list at a place, of the length that it was taken with.</summary>
    public Span<T> this[int place, int length] => pages[place >> PageBits].AsSpan(place & (PageSize - 1), length);

    /// <summary>The place of a list of this length; what stands in it is left from before.</summary>
    public int Take(int length)
    {
        if (free.TryGetValue(length, out Stack<int>? places) && places.TryPop(out int place)) return place;
        if (used + length > pages[current].Length) MakeRoom(length);
        place = current << PageBits | used;
        used += length;
        return place;
    }

    public void GiveBack(int place, int length)
    {
        if (!free.TryGetValue(length, out Stack<int>? places)) free[length] = places = [];
        places.Push(place);
    }

    /// <summary>Brings one item of a list near.</summary>
    public void Prefetch(int place, int index)
    {
        T[] page = pages[place >> PageBits];
        int at = (place & (PageSize - 1)) + index;
        if (at < page.Length) Cache.Prefetch(in page[at]);
    }

    void MakeRoom(int length)
    {
        int wanted = used + length;
        if (current == 0 && wanted <= PageSize)
        {
            Array.Resize(ref pages[0], Math.Min(PageSize, Math.Max(wanted, 2 * pages[0].Length)));
            return;
        }
        if (++current == pages.Length) Array.Resize(ref pages, 2 * current);
        pages[current] = new T[Math.Max(length, PageSize)];
        used = 0;
    }
}
