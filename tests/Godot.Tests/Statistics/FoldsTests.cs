using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Statistics;

namespace Godot.Tests;

public sealed class FoldsTests
{
    // Whole numbers, so that every order of adding them gives the same sum.
    static Arbitrary<double[]> Numbers =>
        Gen.Choose(-50, 50).NonEmptyListOf().Select(numbers => numbers.Select(number => (double)number).ToArray()).ToArbitrary();

    [Property]
    public Property Sum_and_mean_are_the_naive_ones() => Prop.ForAll(Numbers, numbers =>
        Folds.Sum(numbers) == numbers.Sum() && Folds.Mean(numbers) == numbers.Sum() / numbers.Length
        && Folds.Difference(numbers) == 2 * numbers[0] - numbers.Sum());

    [Property]
    public Property The_standard_deviation_is_the_naive_one() => Prop.ForAll(Numbers, numbers =>
        Math.Abs(Folds.StandardDeviation(numbers) - Math.Sqrt(
            numbers.Sum(number => Math.Pow(number - numbers.Average(), 2)) / numbers.Length)) < 1e-9);

    [Property]
    public Property The_median_has_as_many_below_as_above() => Prop.ForAll(Numbers, numbers =>
        Folds.Median(numbers) is var median && numbers.Count(number => number < median) <= numbers.Length / 2
        && numbers.Count(number => number > median) <= numbers.Length / 2);

    [Property]
    public Property Nothing_is_as_frequent_as_the_mode_and_less() => Prop.ForAll(Numbers, numbers =>
        Folds.Mode(numbers) == numbers.GroupBy(number => number).OrderByDescending(same => same.Count()).ThenBy(same => same.Key)
        .First().Key);

    [Property]
    public Property A_quantile_is_the_least_that_its_share_does_not_exceed() =>
        Prop.ForAll(Numbers, Gen.Choose(0, 100).ToArbitrary(), (numbers, percent) =>
    {
        double[] sorted = [.. numbers.Order()];
        double naive = sorted.First(number => 100 * sorted.Count(each => each <= number) >= percent * sorted.Length);
        return sorted[Folds.Rank(percent / 100d, sorted.Length)] == naive;
    });

    [Fact]
    public void A_median_of_an_even_number_is_between_the_two_in_the_middle() => Assert.Equal(2.5, Folds.Median([4, 1, 2, 3]));

    [Fact]
    public void Small_numbers_beside_a_large_one_are_not_lost()
    {
        Assert.Equal(2, Folds.Sum([1, 1e100, 1, -1e100]));
        Assert.Equal(0.5, Folds.Mean([1, 1e100, 1, -1e100]));
        Assert.Equal(1e-3, Folds.StandardDeviation([1e9 - 1e-3, 1e9 + 1e-3]), 1e-6);
    }

    [Fact]
    public void What_is_in_range_comes_out_though_sums_and_squares_on_the_way_are_not()
    {
        Assert.Equal(1e308, Folds.Sum([1e308, 1e308, -1e308]));
        Assert.Equal(1e308, Folds.Mean([1e308, 1e308, 1e308]), 1e293);
        Assert.Equal(1e308, Folds.Median([1e308, 1e308]));
        Assert.Equal(1e308, Folds.StandardDeviation([1e308, -1e308]), 1e293);
        Assert.Equal(1e-300, Folds.StandardDeviation([1e-300, -1e-300]), 1e-315);
    }

    [Fact]
    public void What_is_not_is_infinite()
    {
        Assert.Equal(double.PositiveInfinity, Folds.Sum([1e308, 1e308]));
        Assert.Equal(double.NegativeInfinity, Folds.Difference([-1e308, 1e308]));
        Assert.Equal(double.PositiveInfinity, Folds.Quotient([1, 0]));
    }

    [Fact]
    public void A_million_numbers_added_one_by_one_leave_no_drift()
    {
        CompensatedSum sum = default;
        for (int i = 0; i < 1_000_000; i++) Assert.True(sum.TryAdd(0.1));
        Assert.Equal(100_000, sum.Value, 1e-9);
    }

    [Fact]
    public void A_number_that_does_not_fit_changes_nothing()
    {
        CompensatedSum sum = default;
        Assert.True(sum.TryAdd(1e308));
        Assert.False(sum.TryAdd(1e308));
        Assert.True(sum.TryAdd(-1e308));
        Assert.Equal(0, sum.Value);
    }

    [Property]
    public bool The_end_of_an_aligned_period_is_after_the_time_and_at_most_a_length(int time, PositiveInt length, NonNegativeInt offset)
    {
        long end = new AlignedPeriods(length.Get, offset.Get % length.Get).EndOf(time);
        return end > time && end - time <= length.Get && (end - offset.Get % length.Get) % length.Get == 0;
    }
}
