using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Common;
using Godot.Statistics;

namespace Godot.Tests;

public sealed class SketchTests
{
    static Gen<double> Wide =>
        from size in Gen.Choose(-60, 60) from part in Gen.Choose(1000, 9999) from sign in Gen.Choose(-1,
            1) select sign * part / 1000d * Math.Pow(10, size / 10d);

    [Property(MaxTest = 300)]
    public Property A_quantile_is_off_by_at_most_the_stated_share_of_itself() =>
        Prop.ForAll(Wide.NonEmptyListOf().ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (numbers, percent) =>
        {
            QuantileSketch sketch = new(0.01);
            foreach (double number in numbers) sketch.Add(number);
            double exact = numbers.Order().ElementAt((int)(percent / 100d * (numbers.Count - 1)));
            Assert.InRange(sketch.Quantile(percent / 100d), exact - Math.Abs(exact) * 0.0100001, exact + Math.Abs(exact) * 0.0100001);
        });

    [Fact]
    public void A_million_latencies_keep_their_percentiles_in_little_memory()
    {
        QuantileSketch sketch = new(0.01);
        Random random = new(3);
        double[] all = [.. Enumerable.Range(0, 1_000_000).Select(_ => Math.Exp(random.NextDouble() * 10))];
        sketch.Add(all[0]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (double each in all.AsSpan(1)) sketch.Add(each);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Array.Sort(all);
        foreach (double point in (double[])[0.001, 0.5, 0.95, 0.99, 0.9999])
            Assert.InRange(sketch.Quantile(point) / all[(int)(point * 999_999)], 0.99, 1.01);
        Assert.Equal((all[0], all[^1]), (sketch.Quantile(0), sketch.Quantile(1)));
    }

    [Fact]
    public void Numbers_too_far_apart_for_its_buckets_cost_the_small_ones_their_accuracy_alone()
    {
        QuantileSketch sketch = new(0.01);
        foreach (double number in (double[])[double.Epsilon, 1e-300, 1, 1e295, 1e300, double.MaxValue, -double.MaxValue])
            sketch.Add(number);
        Assert.Equal(-double.MaxValue, sketch.Quantile(0));
        Assert.Equal(double.MaxValue, sketch.Quantile(1));
        Assert.InRange(sketch.Quantile(5 / 6d), 0.99e300, 1.01e300);
        Assert.All([0, 1 / 6d, 2 / 6d, 3 / 6d], point => Assert.True(double.IsFinite(sketch.Quantile(point))));
    }

    [Property(MaxTest = 100)]
    public Property Saved_and_loaded_between_numbers_of_any_size_it_goes_on_as_it_would_have() =>
        Prop.ForAll(FarApart.NonEmptyListOf().ToArbitrary(),
            metrics => Assert.Equal(Median(metrics, restarting: false), Median(metrics, restarting: true)));

    static Gen<double> FarApart => Gen.Choose(-30, 30).Select(size => Math.Pow(10, size));

    static double? Median(IEnumerable<double> metrics, bool restarting)
    {
        ReactorTest test = Reactors.Test(Reactor.Percentiles(Sample.Seconds(60), 0.5));
        foreach (double metric in metrics)
        {
            test.Given(metric);
            if (restarting) test.Restart();
        }
        return test.After(60).Emitted[0].Events[0].Metric;
    }

    [Fact]
    public void Up_to_1024_different_things_are_counted_exactly()
    {
        DistinctSketch sketch = new();
        for (int round = 0; round < 3; round++)
            for (int i = 0; i < 1024; i++) sketch.Add(HashOf(i));
        Assert.Equal(1024, sketch.Count);
    }

    [Theory]
    [InlineData(1025)]
    [InlineData(5_000)]
    [InlineData(50_000)]
    [InlineData(1_000_000)]
    public void More_are_estimated_within_three_standard_errors(int things)
    {
        DistinctSketch sketch = new();
        for (int i = 0; i < things; i++) sketch.Add(HashOf(i));
        for (int i = 0; i < things / 2; i++) sketch.Add(HashOf(i));
        Assert.InRange(sketch.Count / things, 1 - 3 * 0.0081, 1 + 3 * 0.0081);
    }

    [Fact]
    public void The_estimate_errs_as_little_as_is_said()
    {
        // 100 sketches of 20,000 things each: their errors' mean square.
        double squares = Enumerable.Range(0, 100).Average(part =>
        {
            DistinctSketch sketch = new();
            for (int i = 0; i < 20_000; i++) sketch.Add(HashOf(part * 20_000 + i));
            return Math.Pow(sketch.Count / 20_000 - 1, 2);
        });
        Assert.InRange(Math.Sqrt(squares), 0.004, 0.0105);
    }

    static ulong HashOf(int number) => StableHash.Of(System.Text.Encoding.UTF8.GetBytes($"user-{number}"));
}
