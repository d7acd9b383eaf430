namespace Godot.Statistics;

/// <summary>One number made of several, at least one. What is beyond the range of a double is infinite, or no number.</summary>
static class Folds
{
    // Numbers are scaled by a power of two, which costs no digit, where their sum might leave the range of a double on the way.
    const double Large = 1UL << 63, Small = 1 / Large;

    public static double Sum(ReadOnlySpan<double> numbers) => Add(numbers, 1) ?? Add(numbers, Small).GetValueOrDefault() * Large;

    public static double Mean(ReadOnlySpan<double> numbers) =>
        Add(numbers, 1) / numbers.Length ?? Add(numbers, Small).GetValueOrDefault() / numbers.Length * Large;

    /// <summary>The middle one; of an even number of them, the mean of the two in the middle.</summary>
    public static double Median(ReadOnlySpan<double> numbers)
    {
        double[] sorted = Sorted(numbers);
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : Mean(sorted.AsSpan(middle - 1, 2));
    }

    /// <summary>The most frequent one; of several as frequent, the least.</summary>
    public static double Mode(ReadOnlySpan<double> numbers)
    {
        double[] sorted = Sorted(numbers);
        (double mode, int most, int run) = (sorted[0], 0, 0);
        for (int i = 0; i < sorted.Length; i++)
        {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
            if (run > most) (mode, most) = (sorted[i], run);
        }
        return mode;
    }

    /// <summary>
    /// Of these numbers themselves, not of others that they were drawn from: the sum of squares is divided by their count.
    /// </summary>
    public static double StandardDeviation(ReadOnlySpan<double> numbers)
    {
        double mean = Mean(numbers), largest = 0;
        foreach (double number in numbers) largest = Math.Max(largest, Math.Abs(number / 2 - mean / 2));
        if (largest == 0) return 0;
        // Squares of what is at most 1 stay in range.
        double squares = 0, off = 0;
        foreach (double number in numbers)
        {
            double distance = (number / 2 - mean / 2) / largest;
            squares += distance * distance;
            off += distance;
        }
        // What the mean was rounded by is taken out again.
        return Math.Sqrt(Math.Max(0, squares - off * off / numbers.Length) / numbers.Length) * largest * 2;
    }

    public static double Product(ReadOnlySpan<double> numbers)
    {
        double product = 1;
        foreach (double number in numbers) product *= number;
        return product;
    }

    /// <summary>The first, less all others.</summary>
    public static double Difference(ReadOnlySpan<double> numbers)
    {
        double[] signed = numbers.ToArray();
        foreach (ref double number in signed.AsSpan(1)) number = -number;
        return Sum(signed);
    }

    /// <summary>The first, divided by one after the other of the others.</summary>
    public static double Quotient(ReadOnlySpan<double> numbers)
    {
        double quotient = numbers[0];
        foreach (double number in numbers[1..]) quotient /= number;
        return quotient;
    }

    /// <summary>
    /// Where the quantile stands among so many sorted numbers, by the nearest rank: the least that at least this share of them do not
    /// exceed.
    /// </summary>
    public static int Rank(double quantile, int count) =>
        // As decimal: 0.07 of 100 are 7, not a trace more.
        Math.Max(0, (int)Math.Ceiling((decimal)quantile * count) - 1);

    static double? Add(ReadOnlySpan<double> numbers, double scale)
    {
        CompensatedSum sum = default;
        foreach (double number in numbers)
            if (!sum.TryAdd(number * scale)) return null;
        return sum.Value;
    }

    static double[] Sorted(ReadOnlySpan<double> numbers)
    {
        double[] sorted = numbers.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
