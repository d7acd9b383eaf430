namespace Godot;

/// <summary>Short lists of numbers, side by side: for each series, its keys in the segments that it enters. A list costs its numbers and no object.</summary>
sealed class KeyLists
{
    // By length, the places of lists that were given back.
    readonly Dictionary<int, Stack<int>> free = [];
    int[] numbers = new int[64];
    int used;

    /// <summary>The list of this length at a place.</summary>
    public Span<int> this[int place, int length] => numbers.AsSpan(place, length);

    /// <summary>A place for a list; its numbers are <see cref="Strand.AnyKey"/>.</summary>
    public int Take(int length)
    {
        if (!free.TryGetValue(length, out Stack<int>? places) || !places.TryPop(out int place))
        {
            place = used;
            used += length;
            if (used > numbers.Length) Array.Resize(ref numbers, Math.Max(used, 2 * numbers.Length));
        }
        this[place, length].Fill(Strand.AnyKey);
        return place;
    }

    public void GiveBack(int place, int length)
    {
        if (length == 0) return;
        if (!free.TryGetValue(length, out Stack<int>? places)) free[length] = places = [];
        places.Push(place);
    }

    public void Prefetch(int place)
    {
        if (place < numbers.Length) Cache.Prefetch(in numbers[place]);
    }
}
