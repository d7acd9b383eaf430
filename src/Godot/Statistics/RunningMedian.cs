namespace Godot.Statistics;

/// <summary>The median of numbers that come and go: the one in the middle, or half way between the two in the middle.</summary>
sealed class RunningMedian
{
    readonly List<long> sorted = [];

    public int Count => sorted.Count;

    /// <summary>There must be at least one number.</summary>
    public long Median
    {
        get
        {
            long high = sorted[Count / 2], low = sorted[(Count - 1) / 2];
            return low + (high - low) / 2;
        }
    }

    public void Add(long number)
    {
        int place = sorted.BinarySearch(number);
        sorted.Insert(place < 0 ? ~place : place, number);
    }

    /// <summary>Removes a number that was added.</summary>
    public void Remove(long number) => sorted.RemoveAt(sorted.BinarySearch(number));

    public void Clear() => sorted.Clear();
}
