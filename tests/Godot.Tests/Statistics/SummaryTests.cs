using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Memory;
using Godot.Statistics;

namespace Godot.Tests;

public sealed class SummaryTests
{
    static Gen<int[]> Numbers => Gen.Choose(-1000, 1000).ArrayOf();

    [Property(MaxTest = 300)]
    public Property The_least_the_greatest_and_the_variance_of_the_last_so_many_are_the_naive_ones() =>
        Prop.ForAll(Numbers.ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (numbers, size) =>
        {
            (CountWindow<Minimum> least, CountWindow<Maximum> greatest, CountWindow<Moments> moments) = (default, default, default);
            (ListArena<Minimum> leastRings, ListArena<Maximum> greatestRings, ListArena<Moments> momentsRings) = (new(), new(), new());
            for (int i = 0; i < numbers.Length; i++)
            {
                int[] last = [.. numbers.Take(i + 1).TakeLast(size)];
                Assert.Equal(last.Min(), least.Add(new(numbers[i]), size, leastRings).Value);
                Assert.Equal(last.Max(), greatest.Add(new(numbers[i]), size, greatestRings).Value);
                Assert.Equal(Variance(last), moments.Add(Moments.Of(numbers[i]), size, momentsRings).Variance, 1e-6);
            }
        });

    [Property(MaxTest = 300)]
    public Property And_so_are_those_of_the_last_so_long() =>
        Prop.ForAll(Gen.Zip(Gen.Choose(-1000, 1000), Gen.Choose(0, 30)).ArrayOf().ToArbitrary(), steps =>
    {
        const int tick = 1_000_000, window = 50 * tick;
        (SlidingWindow<Minimum> least, SlidingWindow<Moments> moments) = (default, default);
        List<(long Time, int Number)> seen = [];
        long now = 0;
        foreach ((int number, int gap) in steps)
        {
            now += gap * (long)tick;
            int[] before = [.. seen.Where(one => one.Time > now - window).Select(one => one.Number)];
            Assert.Equal(before.Length, moments.Until(now, window)?.Count ?? 0);
            seen.Add((now, number));
            int[] all = [.. before, number];
            Assert.Equal(all.Min(), least.Add(new(number), now, window).Value);
            Assert.Equal(Variance(all), moments.Add(Moments.Of(number), now, window).Variance, 1e-6);
        }
    });

    static double Variance(int[] numbers) =>
        numbers.Length == 1 ? double.NaN : numbers.Sum(number => Math.Pow(number - numbers.Average(), 2)) / (numbers.Length - 1);

    [Fact]
    public void A_million_numbers_with_a_huge_offset_keep_their_variance()
    {
        const double offset = 1e15;
        Moments all = default;
        CountWindow<Moments> window = default;
        ListArena<Moments> rings = new();
        Moments last = default;
        for (int i = 0; i < 1_000_000; i++)
        {
            // -1.5, -0.5, 0.5, 1.5
            Moments one = Moments.Of(offset + i % 4 - 1.5);
            all = Moments.Merge(all, one);
            last = window.Add(one, 1000, rings);
        }
        Assert.Equal(1.25, all.Variance, 0.01);
        Assert.Equal(1.25 * 1000 / 999, last.Variance, 0.01);
        Assert.Equal(offset, all.Mean, 0.5);
    }

    [Fact]
    public void A_line_through_huge_numbers_at_late_times_keeps_its_slope()
    {
        Line line = Line.Of(1e9, 1e15);
        for (int i = 1; i < 1_000_000; i++) line = Line.Merge(line, Line.Of(1e9 + i, 1e15 + 2.0 * i));
        Assert.Equal(1e15 + 2e6 + 200, line.At(1e9 + 1e6 + 100), 2);
    }

    [Property]
    public Property A_line_is_that_of_least_squares_however_its_points_are_put_together() =>
        Prop.ForAll(Gen.Choose(-100, 100).Two().ArrayOf().ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), (points, cut) =>
        {
            if (points.Select(point => point.Item1).Distinct().Count() < 2) return;
            double x = points.Average(point => point.Item1), y = points.Average(point => point.Item2);
            double slope = points.Sum(point => (point.Item1 - x) * (point.Item2 - y)) / points.Sum(point => Math.Pow(point.Item1 - x, 2));
            Line line = cut > 0 && cut < points.Length ? Line.Merge(Through(points[..cut]), Through(points[cut..])) : Through(points);
            Assert.Equal(y + slope * (7 - x), line.At(7), 1e-6);
        });

    static Line Through((int X, int Y)[] points) =>
        points.Skip(1).Aggregate(Line.Of(points[0].X, points[0].Y), (line, point) => Line.Merge(line, Line.Of(point.X, point.Y)));

    [Fact]
    public void A_huge_number_leaves_a_window_of_moments_without_a_trace()
    {
        CountWindow<Moments> window = default;
        ListArena<Moments> rings = new();
        foreach (double number in (double[])[1e308, -1e308, 1, 2]) window.Add(Moments.Of(number), 3, rings);
        Assert.Equal(new Moments(3, 2, 2), window.Add(Moments.Of(3), 3, rings));
    }

    [Property]
    public Property A_quantile_of_the_last_so_many_is_that_of_them_sorted() =>
        Prop.ForAll(Numbers.ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (numbers, size, percent) =>
        {
            OrderedWindow window = new(size);
            for (int i = 0; i < numbers.Length; i++)
            {
                window.Add(numbers[i]);
                int[] sorted = [.. numbers.Take(i + 1).TakeLast(size).Order()];
                double rank = percent / 100d * (sorted.Length - 1);
                int below = (int)Math.Floor(rank), above = (int)Math.Ceiling(rank);
                Assert.Equal(sorted[below] + (sorted[above] - sorted[below]) * (rank - below), window.Quantile(percent / 100d), 1e-9);
            }
        });

    [Theory]
    [InlineData(5, 5, 0, 0)]
    [InlineData(6, 5, 0, double.MaxValue)]
    [InlineData(4, 5, 0, double.MinValue)]
    [InlineData(7, 5, 0.5, 4)]
    [InlineData(double.MaxValue, double.MinValue, double.MaxValue, 2)]
    [InlineData(1, double.NaN, 1, double.NaN)]
    [InlineData(1, 1, double.PositiveInfinity, double.NaN)]
    public void A_score_is_a_finite_number_or_none(double number, double mean, double deviation, double score) =>
        Assert.Equal(score, StandardScore.Of(number, mean, deviation));
}
