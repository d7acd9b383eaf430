using System.Numerics;

namespace Godot.Memory;

/// <summary>
/// Dense numbers from 0 on; one that was given back is used again, the lowest first, so that what is kept by number stays together. Those
/// of a page of a <see cref="Slab{T}"/> go together.
/// </summary>
sealed class IdAllocator
{
    /// <summary>So many numbers, a power of two, make a page.</summary>
    public const int PageBits = 9, PageSize = 1 << PageBits;

    const int Word = 64, WordsAPage = PageSize / Word;

    // A bit for each number that is in use, and how many are in use of each page.
    ulong[] used = new ulong[WordsAPage];
    int[] counts = new int[1];

    // No page before this has a free one.
    int first;

    /// <summary>Higher than any that is in use.</summary>
    public int Ever { get; private set; }

    public int Take()
    {
        while (counts[first] == PageSize)
            if (++first == counts.Length) Grow();
        counts[first]++;
        int word = first * WordsAPage;
        while (used[word] == ulong.MaxValue) word++;
        int bit = BitOperations.TrailingZeroCount(~used[word]);
        used[word] |= 1UL << bit;
        int number = word * Word + bit;
        Ever = Math.Max(Ever, number + 1);
        return number;
    }

    /// <summary>Gives one back. True: it was the last of its page that was in use.</summary>
    public bool GiveBack(int number)
    {
        int page = number >> PageBits;
        used[number / Word] &= ~(1UL << number);
        first = Math.Min(first, page);
        return --counts[page] == 0;
    }

    /// <summary>A bit for each number that is in use now, and how many those are.</summary>
    public (ulong[] Bits, int Count) Used() => ([.. used.AsSpan(0, Ever / Word + 1)], counts.Sum());

    void Grow()
    {
        Array.Resize(ref counts, 2 * counts.Length);
        Array.Resize(ref used, 2 * used.Length);
    }
}
