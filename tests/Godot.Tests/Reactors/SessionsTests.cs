using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class SessionsTests
{
    [Fact]
    public void A_session_is_over_when_nothing_has_come_for_the_gap()
    {
        ReactorTest test = Reactors.Test(r => r.Sessions(Sample.Seconds(10))).Given("a").After(9.9).Given("b").After(9.9).Given("c")
            .After(9.9).EmitsNothing().After(0.1)
            .EmitsBatches(["a", "b", "c"]);
        Assert.Equal([29.8], test.Times());
    }

    [Fact]
    public void An_event_just_at_its_end_begins_another() =>
        Reactors.Test(r => r.Sessions(Sample.Seconds(10))).Given("a").After(10).Given("b").After(10)
        .EmitsBatches(["a"], ["b"]);

    [Fact]
    public void Each_tuple_of_By_has_its_own()
    {
        ReactorTest test = Reactors.Test(r => r.By("host", h => h.Sessions(Sample.Seconds(10))));
        test.Given(Sample.Of("1", host: "a")).After(6).Given(Sample.Of("2", host: "b")).After(6).Given(Sample.Of("3", host: "b")).After(10)
            .EmitsBatches(["1"], ["2", "3"]);
        Assert.Equal([10, 22], test.Times());
    }

    [Fact]
    public void Time_is_that_of_arrival() =>
        Reactors.Test(r => r.Sessions(Sample.Seconds(10)))
            .Given(Sample.Of("a") with { Time = Sample.At(-1e6) }, Sample.Of("b", state: "expired") with { Time = Sample.At(1e6) })
            .After(10).EmitsBatches(["a", "b"]);

    [Fact]
    public void What_is_beyond_the_limit_prolongs_the_session_and_is_lost_and_counted() =>
        Reactors.Test(r => r.Sessions(Sample.Seconds(10), limit: 2)).Given("a", "b").After(9).Given("c").Loses(1).After(9).EmitsNothing()
        .After(1)
            .EmitsBatches(["a", "b"]).Given("d").After(10).EmitsBatches(["d"]);

    [Fact]
    public void It_goes_on_after_a_restart_and_comes_out_at_the_end()
    {
        Assert.Equal([16],
            Reactors.Test(r => r.Sessions(Sample.Seconds(10))).Given("a").After(3).Restart().After(3).Given("b").Restart().After(20)
            .EmitsBatches(["a", "b"]).Times());
        Reactors.Test(r => r.Sessions(Sample.Seconds(10))).Given("a").End().EmitsBatches(["a"]);
    }

    [Property(MaxTest = 50)]
    public Property It_is_what_its_definition_says() => Prop.ForAll(Gen.Choose(0, 15).ListOf().ToArbitrary(), gaps =>
    {
        ReactorTest test = Reactors.Test(r => r.Sessions(Sample.Seconds(10)));
        List<List<string>> expected = [];
        foreach ((int i, int gap) in gaps.Index())
        {
            test.After(gap).Given("s" + i);
            if (expected.Count == 0 || gap >= 10) expected.Add([]);
            expected[^1].Add("s" + i);
        }
        test.After(10).EmitsBatches([.. expected.Select(batch => batch.ToArray())]);
    });

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Sessions(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Sessions(Sample.Seconds(1), limit: 0));
    }
}
