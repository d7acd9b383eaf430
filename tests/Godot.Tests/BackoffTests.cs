using Godot.Common;

namespace Godot.Tests;

public class BackoffTests
{
    static readonly TimeSpan Min = TimeSpan.FromMilliseconds(100), Max = TimeSpan.FromSeconds(30);

    [Fact]
    public void Each_wait_is_a_random_part_of_twice_the_one_before_up_to_the_maximum()
    {
        Backoff backoff = new(Min, Max, new Random(1));
        for (TimeSpan ceiling = Min; ceiling < Max; ceiling *= 2) Assert.InRange(backoff.Next(), TimeSpan.Zero, ceiling);

        TimeSpan[] waits = [.. Enumerable.Range(0, 1_000).Select(_ => backoff.Next())];
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.Zero, Max));
        Assert.InRange(waits.Average(wait => wait / Max), 0.45, 0.55);
    }

    [Fact]
    public void Starts_again_from_the_shortest_after_a_reset()
    {
        Backoff backoff = new(Min, Max, new Random(1));
        for (int i = 0; i < 100; i++) backoff.Next();
        backoff.Reset();
        Assert.InRange(backoff.Next(), TimeSpan.Zero, Min);
    }

    [Fact]
    public void A_maximum_below_the_minimum_wins()
    {
        Backoff backoff = new(Max, Min, new Random(1));
        for (int i = 0; i < 100; i++) Assert.InRange(backoff.Next(), TimeSpan.Zero, Min);
    }

    [Fact]
    public void The_longest_time_there_is_does_not_overflow()
    {
        Backoff backoff = new(Min, TimeSpan.MaxValue, new Random(1));
        for (int i = 0; i < 1_000; i++) Assert.InRange(backoff.Next(), TimeSpan.Zero, TimeSpan.MaxValue);
    }
}
