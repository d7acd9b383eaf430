using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Statistics;

namespace Godot.Tests;

public sealed class RunningMedianTests
{
    [Property(MaxTest = 200)]
    public Property Is_the_one_in_the_middle_of_those_that_are_there() => Prop.ForAll(Gen.Choose(-5, 5).ListOf().ToArbitrary(), numbers =>
    {
        RunningMedian median = new();
        List<long> there = [];
        foreach (long number in numbers)
        {
            median.Add(number);
            there.Add(number);
            // Every third leaves again.
            if (there.Count % 3 == 0)
            {
                median.Remove(there[0]);
                there.RemoveAt(0);
            }
            long[] sorted = [.. there.Order()];
            long low = sorted[(sorted.Length - 1) / 2], high = sorted[sorted.Length / 2];
            if (median.Median != low + (high - low) / 2 || median.Count != sorted.Length) return false;
        }
        return true;
    });
}
