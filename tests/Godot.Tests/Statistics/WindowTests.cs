using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Memory;
using Godot.Statistics;

namespace Godot.Tests;

public sealed class WindowTests
{
    // Whole numbers, so that every order of adding them gives the same sum.
    static Gen<List<int>> Numbers => Gen.Choose(-1000, 1000).ListOf().Select(numbers => numbers.ToList());

    [Property(MaxTest = 500)]
    public Property The_mean_of_the_last_so_many_is_the_naive_one() =>
        Prop.ForAll(Numbers.ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (numbers, size) =>
    {
        CountWindow<Total> window = default;
        ListArena<Total> rings = new();
        for (int i = 0; i < numbers.Count; i++)
            if (window.Add(new(numbers[i]), size, rings).Value / window.Held(size) != numbers.Take(i + 1).TakeLast(size).Average())
                return false;
        return true;
    });

    [Property(MaxTest = 500)]
    public Property The_mean_of_the_last_so_long_is_the_naive_one() =>
        Prop.ForAll(Gen.Zip(Numbers, Gen.Choose(0, 30).ListOf()).ToArbitrary(), pairs =>
    {
        const int tick = 1_000_000, window = 50 * tick;
        SlidingWindow<Average> means = default;
        List<(long Time, int Number)> seen = [];
        long now = 0;
        foreach ((int number, int gap) in pairs.Item1.Zip(pairs.Item2))
        {
            now += gap * (long)tick;
            seen.Add((now, number));
            if (means.Add(Average.Of(number), now, window).Value != seen.Where(one => one.Time > now - window).Average(one => one.Number))
                return false;
        }
        return true;
    });

    [Property(MaxTest = 500)]
    public Property The_weighted_mean_is_the_naive_one() =>
        Prop.ForAll(Numbers.ToArbitrary(), Gen.Choose(1, 9).NonEmptyListOf().ToArbitrary(), (numbers, whole) =>
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
        CountWindow<Total> byCount = default;
        ListArena<Total> rings = new();
        SlidingWindow<Average> byTime = default;
        Random random = new(1);
        double mean = 0, timed = 0;
        double[] last = new double[1000];
        for (int i = 0; i < 1_000_000; i++)
        {
            double number = last[i % 1000] = random.NextDouble() * 1e9;
            mean = byCount.Add(new(number), 1000, rings).Value / 1000;
            timed = byTime.Add(Average.Of(number), i * 100_000L, 1000 * 100_000L).Value;
        }
        Assert.Equal(last.Average(), mean, 1e-3);
        Assert.Equal(last.Average(), timed, 1e-3);
    }

    [Fact]
    public void A_huge_number_leaves_no_trace_when_it_has_gone()
    {
        CountWindow<Total> byCount = default;
        ListArena<Total> rings = new();
        SlidingWindow<Average> byTime = default;
        byCount.Add(new(1e300), 3, rings);
        byTime.Add(Average.Of(1e300), 0, 3000);
        foreach (double number in (double[])[1, 2, 3])
        {
            byCount.Add(new(number), 3, rings);
            byTime.Add(Average.Of(number), 1000 + (long)number, 3000);
        }
        Assert.Equal(9, byCount.Add(new(4), 3, rings).Value);
        Assert.Equal(2.5, byTime.Add(Average.Of(4), 3500, 3000).Value);
    }

    [Fact]
    public void A_window_of_time_holds_a_bounded_number_of_sums_whatever_the_rate()
    {
        SlidingWindow<Average> window = default;
        window.Add(Average.Of(1), 0, 1_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (long now = 0; now < 10_000_000; now++) window.Add(Average.Of(1), now, 1_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 150_000);
    }
}
