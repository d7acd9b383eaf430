using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class WindowTests
{
    // Whole numbers, so that every order of adding them gives the same sum.
    static Gen<List<int>> Numbers => Gen.Choose(-1000, 1000).ListOf().Select(numbers => numbers.ToList());

    [Property(MaxTest = 500)]
    public Property The_mean_and_the_sum_of_the_last_so_many_are_the_naive_ones() => Prop.ForAll(Numbers.ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (numbers, size) =>
    {
        CountWindow window = default;
        Lists<double> rings = new();
        for (int i = 0; i < numbers.Count; i++)
        {
            int[] last = [.. numbers.Take(i + 1).TakeLast(size)];
            if (window.Add(numbers[i], size, rings) != last.Average() || window.Sum(rings) != last.Sum()) return false;
        }
        return true;
    });

    [Property(MaxTest = 500)]
    public Property The_mean_and_the_sum_of_the_last_so_long_are_the_naive_ones() => Prop.ForAll(Gen.Zip(Numbers, Gen.Choose(0, 30).ListOf()).ToArbitrary(), pairs =>
    {
        const int tick = 1_000_000, window = 50 * tick;
        TimeWindow means = default;
        List<(long Time, int Number)> seen = [];
        long now = 0;
        foreach ((int number, int gap) in pairs.Item1.Zip(pairs.Item2))
        {
            now += gap * (long)tick;
            seen.Add((now, number));
            int[] last = [.. seen.Where(one => one.Time > now - window).Select(one => one.Number)];
            if (means.Add(number, now, window) != last.Average() || means.Sum != last.Sum()) return false;
        }
        return true;
    });

    [Property(MaxTest = 500)]
    public Property The_weighted_mean_is_the_naive_one() => Prop.ForAll(Numbers.ToArbitrary(), Gen.Choose(1, 9).NonEmptyListOf().ToArbitrary(), (numbers, whole) =>
    {
        double[] weights = [.. whole.Select(weight => (double)weight)];
        WeightedWindow window = default;
        for (int i = 0; i < numbers.Count; i++)
        {
            int[] last = [.. numbers.Take(i + 1).TakeLast(weights.Length)];
            double[] used = weights[^last.Length..];
            double naive = last.Zip(used, (number, weight) => number * weight).Sum() / used.Sum();
            if (window.Add(numbers[i], weights) is not { } mean || Math.Abs(mean - naive) > 1e-9) return false;
        }
        return true;
    });

    [Fact]
    public void A_million_numbers_leave_no_drift()
    {
        CountWindow byCount = default;
        Lists<double> rings = new();
        TimeWindow byTime = default;
        Random random = new(1);
        double mean = 0, timed = 0;
        double[] last = new double[1000];
        for (int i = 0; i < 1_000_000; i++)
        {
            double number = last[i % 1000] = random.NextDouble() * 1e9;
            mean = byCount.Add(number, 1000, rings);
            timed = byTime.Add(number, i * 100_000L, 1000 * 100_000L);
        }
        Assert.Equal(last.Average(), mean, 1e-3);
        Assert.Equal(last.Average(), timed, 1e-3);
    }

    [Fact]
    public void A_huge_number_leaves_no_trace_when_it_has_gone()
    {
        CountWindow byCount = default;
        Lists<double> rings = new();
        TimeWindow byTime = default;
        byCount.Add(1e300, 3, rings);
        byTime.Add(1e300, 0, 3000);
        foreach (double number in (double[])[1, 2, 3])
        {
            byCount.Add(number, 3, rings);
            byTime.Add(number, 1000 + (long)number, 3000);
        }
        Assert.Equal(3, byCount.Add(4, 3, rings));
        Assert.Equal(2.5, byTime.Add(4, 3500, 3000));
    }

    [Fact]
    public void A_window_of_time_holds_a_bounded_number_of_sums_whatever_the_rate()
    {
        TimeWindow window = default;
        window.Add(1, 0, 1_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (long now = 0; now < 10_000_000; now++) window.Add(1, now, 1_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 150_000);
    }
}
