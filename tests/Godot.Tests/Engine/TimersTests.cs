using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Runtime;
using Godot.Stages;

namespace Godot.Tests;

public sealed class TimersTests
{
    sealed class Nothing : ITimed
    {
        public Stage Stage => throw new InvalidOperationException();

        public void Run(int key) => throw new InvalidOperationException();

        // These keys count what was asked for, in eights.
        public long BirthOf(int key) => key % 8;
    }

    static readonly ITimed What = new Nothing();

    // From one tick of the clock to a hundred years, and often the same.
    static Gen<long> Delay =>
        Gen.Choose(0, 51).SelectMany(bits => Gen.Choose(1, 1000).Select(part => Math.Max(1, (1L << bits) / 1000 * part)));

    static Gen<long> Wait => Gen.Frequency((5, Gen.Constant(0L)), (2, Delay));

    static Gen<(long Delay, int Birth, long Wait)> Step =>
        Delay.SelectMany(delay => Gen.Choose(1, 5).SelectMany(birth => Wait.Select(wait => (delay, birth, wait))));

    [Property(MaxTest = 500)]
    public Property What_is_due_runs_in_the_order_of_its_time_then_of_its_key_then_of_its_asking() =>
        Prop.ForAll(Step.ListOf().ToArbitrary(), steps =>
    {
        TimingWheel timers = new();
        List<StageTimer> waiting = [];
        long now = 0;
        int asked = 0;
        foreach ((long delay, int birth, long wait) in steps.Append((1, 1, 1L << 60)))
        {
            StageTimer timer = new(now + delay, What, asked++ * 8 + birth, (uint)birth);
            timers.Add(timer);
            waiting.Add(timer);
            if (timers.NextDue != waiting.Min(each => each.Due)) return false;
            if (wait == 0) continue;

            now += wait;
            List<StageTimer> ran = [];
            timers.Run(now, ran.Add);
            List<StageTimer> due =
                [.. waiting.Where(each => each.Due <= now).OrderBy(each => each.Due).ThenBy(each => each.Birth).ThenBy(each => each.Key)];
            if (!ran.SequenceEqual(due)) return false;
            waiting.RemoveAll(due.Contains);
            if (timers.NextDue != (waiting.Count == 0 ? long.MaxValue : waiting.Min(each => each.Due))) return false;
        }
        return waiting.Count == 0;
    });

    [Fact]
    public void What_a_timer_asks_for_runs_when_that_is_due_and_not_before()
    {
        TimingWheel timers = new();
        List<long> ran = [];
        timers.Add(new StageTimer(10, What, 0, 1));
        for (long now = 0; now <= 100_000_000; now += 7_777)
        {
            timers.Run(now, timer =>
            {
                ran.Add(timer.Due);
                timers.Add(timer with { Due = now + 1_000_000 });
            });
        }
        Assert.Equal(100, ran.Count);
        Assert.All(ran.Zip(ran.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1_000_000, 1_007_777));
    }
}
