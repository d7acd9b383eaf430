using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class BatchTests
{
    [Fact]
    public void A_batch_is_emitted_when_it_is_full_or_when_its_first_event_has_waited_long_enough()
    {
        ReactorTest test = Reactors.Test(r => r.Batch(2, Sample.Seconds(10))).Given("a").After(9).Given("b").After(5).Given("c").After(9.5)
            .EmitsBatches(["a", "b"])
            .After(0.5).EmitsBatches(["c"]);
        Assert.Equal([9, 24], test.Times());
    }

    [Fact]
    public void A_timer_of_a_batch_that_was_full_does_not_cut_the_next_one_short() =>
        Assert.Equal([0, 15], Reactors.Test(r => r.Batch(2, Sample.Seconds(10))).Given("a", "b").After(5).Given("c").After(20).Times());

    [Fact]
    public void An_event_at_the_end_is_of_the_next_batch() =>
        Reactors.Test(r => r.Batch(5, Sample.Seconds(10))).Given("a").After(10).Given("b").After(10).EmitsBatches(["a"], ["b"]);

    [Fact]
    public void Time_is_that_of_arrival() =>
        Reactors.Test(r => r.Batch(5, Sample.Seconds(10)))
            .Given(Sample.Of("a") with { Time = Sample.At(-1e6) }, Sample.Of("b", state: "expired") with { Time = Sample.At(1e6) })
            .After(10).EmitsBatches(["a", "b"]);

    [Fact]
    public void It_waits_on_after_a_restart_and_comes_out_at_the_end()
    {
        Assert.Equal([10], Reactors.Test(r => r.Batch(5, Sample.Seconds(10))).Given("a").After(6).Restart().Given("b").After(10)
            .EmitsBatches(["a", "b"]).Times());
        Reactors.Test(r => r.Batch(5, Sample.Seconds(10))).Given("a").End().EmitsBatches(["a"]);
    }

    [Property(MaxTest = 50)]
    public Property It_is_what_its_definition_says() =>
        Prop.ForAll(Gen.Choose(0, 8).ListOf().ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), (gaps, count) =>
    {
        ReactorTest test = Reactors.Test(r => r.Batch(count, Sample.Seconds(10)));
        List<List<string>> expected = [];
        (double now, double first) = (0, 0);
        foreach ((int i, int gap) in gaps.Index())
        {
            test.After(gap).Given("s" + i);
            now += gap;
            if (expected.Count == 0 || expected[^1].Count == count || now >= first + 10) (first, expected) = (now, [.. expected, []]);
            expected[^1].Add("s" + i);
        }
        test.After(10).EmitsBatches([.. expected.Select(batch => batch.ToArray())]);
    });

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Batch(0, Sample.Seconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Batch(1, TimeSpan.Zero));
    }
}
