using System.Numerics;
using System.Runtime.CompilerServices;

namespace Godot.Memory;

/// <summary>
/// Short lists, side by side in pages: a list costs what stands in it and no object. The room of lists that were given back is used again
/// for others of about the same length; a page in which none is left is given back, too.
/// </summary>
sealed class ListArena<T>
{
    const int SmallestPage = 16;

    struct Page
    {
        public T[] Items;

        /// <summary>How many lists stand in it.</summary>
        public int Standing;

        /// <summary>How many places were made in it: those of its lists, and others that wait to be taken again.</summary>
        public int Places;
    }

    // The places that wait to be taken again, by the room that they have.
    List<int>?[] waiting = [];

    // How many those are, and how many of them lie in pages that were given back.
    int waitingCount, goneCount;

    // Only the first page grows, so that few lists cost little. A list that is longer than a page has one to itself.
    Page[] pages = [new() { Items = new T[SmallestPage] }];
    int current, used, pageCount = 1;

    // Numbers of pages that may be filled anew, and the page that was given back last, for the next.
    readonly Stack<int> empty = new();
    T[] spare = [];

    // 64 KB, or a little less.
    static int PageBits => 16 - BitOperations.Log2((uint)(2 * Unsafe.SizeOf<T>() - 1));

    static int PageSize => 1 << PageBits;

    /// <summary>The list at a place, of the length that it was taken with.</summary>
    public Span<T> this[int place, int length] => pages[place >> PageBits].Items.AsSpan(place & (PageSize - 1), length);

    /// <summary>The place of a list of this length, at least 1; what stands in it may be left from before.</summary>
    /// <exception cref="InvalidOperationException">There are two thousand million items already.</exception>
    public int Take(int length)
    {
        int size = SizeOf(length, out int room);
        int place = size < waiting.Length && waiting[size] is { Count: > 0 } places ? TakeAgain(places) : TakeNew(room);
        ref Page page = ref pages[place >> PageBits];
        page.Standing++;
        if (page.Items.Length == 0)
        {
            page.Items = NewPage(room);
            goneCount -= page.Places;
        }
        return place;
    }

    public void GiveBack(int place, int length)
    {
        int size = SizeOf(length, out _), number = place >> PageBits;
        if (size >= waiting.Length) Array.Resize(ref waiting, size + 1);
        (waiting[size] ??= []).Add(place);
        waitingCount++;
        if (--pages[number].Standing == 0 && number != current) GiveBack(ref pages[number]);
    }

    /// <summary>How long a list of at least this length may be without taking more room.</summary>
    public static int RoomFor(int length)
    {
        SizeOf(length, out int room);
        return room;
    }

    /// <summary>Brings items of a list near.</summary>
    public void Prefetch(int place, int index, int count = 1) =>
        Cache.Prefetch(pages[place >> PageBits].Items, (place & (PageSize - 1)) + index, count);

    // Up to 32 every length has its own size, beyond there are sixteen for each doubling: a list that grows item by item leaves little
    // behind that only others of its length could use.
    static int SizeOf(int length, out int room)
    {
        int shift = Math.Max(0, BitOperations.Log2((uint)(length - 1) | 1) - 4);
        int steps = length + (1 << shift) - 1 >> shift;
        room = steps << shift;
        return shift * 16 + steps;
    }

    int TakeAgain(List<int> places)
    {
        int place = places[^1];
        places.RemoveAt(places.Count - 1);
        waitingCount--;
        return place;
    }

    int TakeNew(int room)
    {
        if (used + room > pages[current].Items.Length) MakeRoom(room);
        int place = current << PageBits | used;
        used += room;
        pages[current].Places++;
        return place;
    }

    void MakeRoom(int room)
    {
        int wanted = used + room;
        if (current == 0 && wanted <= PageSize)
        {
            Array.Resize(ref pages[0].Items, Math.Min(PageSize, Math.Max(wanted, 2 * pages[0].Items.Length)));
            return;
        }
        int full = current;
        current = empty.TryPop(out int number) ? number : NextNumber();
        pages[current].Items = NewPage(room);
        used = 0;
        if (pages[full].Standing == 0) GiveBack(ref pages[full]);
    }

    int NextNumber()
    {
        // A place is an int.
        if (pageCount > int.MaxValue >> PageBits)
            throw new InvalidOperationException($"What one verb keeps on one lane has no room for more than {int.MaxValue} items.");
        if (pageCount == pages.Length) Array.Resize(ref pages, 2 * pageCount);
        return pageCount++;
    }

    T[] NewPage(int room)
    {
        if (spare.Length < room) return new T[Math.Max(room, PageSize)];
        T[] page = spare;
        spare = [];
        return page;
    }

    void GiveBack(ref Page page)
    {
        if (page.Items.Length == PageSize) spare = page.Items;
        page.Items = [];
        goneCount += page.Places;
        if (goneCount > waitingCount / 2) ForgetGone();
    }

    // Places in pages that were given back: half of what waits at least, so that a place costs the same however many wait.
    void ForgetGone()
    {
        foreach (List<int>? places in waiting)
        {
            places?.RemoveAll(place => pages[place >> PageBits].Items.Length == 0);
            places?.TrimExcess();
        }
        for (int number = 0; number < pageCount; number++)
        {
            if (pages[number].Items.Length > 0 || pages[number].Places == 0) continue;
            pages[number].Places = 0;
            empty.Push(number);
        }
        waitingCount -= goneCount;
        goneCount = 0;
    }
}
