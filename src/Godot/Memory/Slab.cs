namespace Godot.Memory;

/// <summary>
/// Values by dense number, side by side in pages. A page that is full stays where it is: growing neither copies a million states nor takes
/// twice their memory.
/// </summary>
sealed class Slab<T>
{
    const int PageBits = IdAllocator.PageBits, PageSize = IdAllocator.PageSize;

    // Only the first one grows, so that one key does not cost a page. Those that are not there are empty.
    T[][] pages = [new T[4]];

    /// <summary>
    /// The value of this number; the default until it was written. The reference holds until a larger number is asked for the first time.
    /// </summary>
    public ref T this[int number]
    {
        get
        {
            T[][] pages = this.pages;
            int page = number >> PageBits;
            if ((uint)page < (uint)pages.Length)
            {
                T[] values = pages[page];
                int at = number & (PageSize - 1);
                if ((uint)at < (uint)values.Length) return ref values[at];
            }
            return ref Grow(number);
        }
    }

    /// <summary>The value of this number, without making room for it.</summary>
    public T? Peek(int number)
    {
        int page = number >> PageBits, at = number & (PageSize - 1);
        return page < pages.Length && at < pages[page].Length ? pages[page][at] : default;
    }

    /// <summary>Gives back the memory of the page that this number is in; its values are the default again.</summary>
    public void FreePageOf(int number)
    {
        int page = number >> PageBits;
        if (page < pages.Length) pages[page] = [];
    }

    ref T Grow(int number)
    {
        int page = number >> PageBits, at = number & (PageSize - 1);
        if (page >= pages.Length)
        {
            int before = pages.Length;
            Array.Resize(ref pages, Math.Max(page + 1, 2 * before));
            pages.AsSpan(before).Fill([]);
        }
        Array.Resize(ref pages[page], page > 0 ? PageSize : Math.Min(PageSize, Math.Max(at + 1, 2 * pages[0].Length)));
        return ref pages[page][at];
    }
}
