using System.Numerics;

namespace Godot;

/// <summary>
/// Short lists, side by side in pages: a list costs what stands in it and no object. The room of lists that were given back is used again for others of about the same
/// length; a page in which none is left is given back, too.
/// </summary>
sealed class Lists<T>
{
    const int PageBits = 12, PageSize = 1 << PageBits, SmallestPage = 16;

    // By the room that they have.
    readonly Dictionary<int, Stack<int>> free = [];

    // Only the first page grows, so that few lists cost little. A list that is longer than a page has one to itself.
    T[][] pages = [new T[SmallestPage]];
    int current, used;

    // How many lists stand in each page.
    int[] standing = new int[1];

    /// <summary>The list at a place, of the length that it was taken with.</summary>
    public Span<T> this[int place, int length] => pages[place >> PageBits].AsSpan(place & (PageSize - 1), length);

    /// <summary>The place of a list of this length; what stands in it may be left from before.</summary>
    public int Take(int length)
    {
        int room = RoomFor(length);
        int place = free.TryGetValue(room, out Stack<int>? places) && places.TryPop(out int before) ? before : TakeNew(room);
        int page = place >> PageBits;
        standing[page]++;
        if (pages[page].Length == 0) pages[page] = NewPage(room);
        return place;
    }

    public void GiveBack(int place, int length)
    {
        int room = RoomFor(length), page = place >> PageBits;
        if (!free.TryGetValue(room, out Stack<int>? places)) free[room] = places = [];
        places.Push(place);
        if (--standing[page] == 0 && page != current) pages[page] = [];
    }

    /// <summary>Brings one item of a list near.</summary>
    public void Prefetch(int place, int index)
    {
        T[] page = pages[place >> PageBits];
        int at = (place & (PageSize - 1)) + index;
        if (at < page.Length) Cache.Prefetch(in page[at]);
    }

    // Rounded up, by an eighth at most: a list that grows item by item then leaves little behind that only others of its length could use.
    static int RoomFor(int length)
    {
        int step = Math.Max(1, (int)(BitOperations.RoundUpToPowerOf2((uint)length) / 16));
        return (length + step - 1) / step * step;
    }

    int TakeNew(int room)
    {
        if (used + room > pages[current].Length) MakeRoom(room);
        int place = current << PageBits | used;
        used += room;
        return place;
    }

    void MakeRoom(int room)
    {
        int wanted = used + room;
        if (current == 0 && wanted <= PageSize)
        {
            Array.Resize(ref pages[0], Math.Min(PageSize, Math.Max(wanted, 2 * pages[0].Length)));
            return;
        }
        if (standing[current] == 0) pages[current] = [];
        if (++current == pages.Length)
        {
            Array.Resize(ref pages, 2 * current);
            Array.Resize(ref standing, 2 * current);
        }
        pages[current] = NewPage(room);
        used = 0;
    }

    static T[] NewPage(int room) => new T[Math.Max(room, PageSize)];
}
