namespace Godot.Tests;

public sealed class RollupTests
{
    static double?[][] Batches(ReactorTest test) => [.. test.Emitted.Select(batch => batch.Events.Select(e => e.Metric).ToArray())];

    [Fact]
    public void Emits_what_came_as_one_batch_at_the_end_of_the_interval()
    {
        ReactorTest test = Reactors.Test(r => r.Rollup(Sample.Seconds(1), 10)).After(0.2).Given("a").After(0.5).Given("b").After(10)
            .EmitsBatches(["a", "b"]);
        Assert.Equal([1.2], test.Times());
    }

    [Fact]
    public void What_is_above_the_limit_waits_for_the_next_interval()
    {
        ReactorTest test = Reactors.Test(r => r.Rollup(Sample.Seconds(1), 2)).Given(1, 2, 3, 4, 5).After(1.5).Given(6).After(2.5);
        Assert.Equal([[1, 2], [3, 4], [5, 6]], Batches(test));
        Assert.Equal([1, 2, 3], test.Times());
    }

    [Fact]
    public void An_event_at_the_end_is_of_the_next_interval() =>
        Reactors.Test(r => r.Rollup(Sample.Seconds(1))).Given("a").After(1).Given("b").After(5).EmitsBatches(["a"], ["b"]);

    [Fact]
    public void Intervals_follow_each_other_also_while_nothing_comes() =>
        Assert.Equal([1, 6], Reactors.Test(r => r.Rollup(Sample.Seconds(1))).Given("a").After(5.7).Given("b").After(5).Times());

    [Fact]
    public void An_interval_may_depend_on_how_many_batches_there_were()
    {
        ReactorTest test = Reactors.Test(r => r.Rollup(batches => Sample.Seconds(batches < 2 ? 1 : 5), 10));
        for (int i = 1; i <= 14; i++) test.Given(i).After(0.5);
        test.After(13);
        Assert.Equal([[1, 2], [3, 4], [5, 6, 7, 8, 9, 10, 11, 12, 13, 14]], Batches(test));
        Assert.Equal([1, 2, 7], test.Times());
    }

    [Fact]
    public void The_function_is_asked_before_every_batch()
    {
        ReactorTest test = Reactors.Test(r => r.Rollup(batches => Sample.Seconds(batches + 1)));
        for (int i = 0; i < 12; i++) test.Given(i).After(1);
        Assert.Equal([1, 3, 6, 10], test.Times());
    }

    [Fact]
    public void An_interval_may_depend_on_how_long_it_has_been()
    {
        ReactorTest test = Reactors.Test(r => r.Rollup((_, duration) => Sample.Seconds(duration < Sample.Seconds(2) ? 1 : 3)));
        for (int i = 0; i < 9; i++) test.Given(i).After(1);
        Assert.Equal([1, 2, 5, 8], test.Times());
    }

    [Fact]
    public void A_function_that_says_nonsense_loses_the_event()
    {
        Reactors.Test(r => r.Rollup(_ => TimeSpan.Zero)).Given("a").Loses(1).After(10).EmitsNothing();
        Reactors.Test(r => r.Rollup(batches => Sample.Seconds(1 - batches), 1)).Given("a", "b").After(1).Loses(1).After(1).Loses(1)
            .EmitsBatches(["a"], ["b"]);
    }

    [Fact]
    public void A_hundred_batches_wait_and_what_comes_then_is_lost_and_counted()
    {
        ReactorTest test = Reactors.Test(r => r.Rollup(Sample.Seconds(1), 2));
        for (int i = 0; i < 203; i++) test.Given(i);
        test.Loses(3).After(1000);
        Assert.Equal(100, test.Emitted.Count);
        Assert.Equal([198, 199], Batches(test)[^1]);
    }

    [Fact]
    public void What_is_held_comes_out_at_the_end() =>
        Reactors.Test(r => r.Rollup(Sample.Seconds(60), 2)).Given("a", "b", "c").End().EmitsBatches(["a", "b"], ["c"]);

    [Fact]
    public void All_series_share_a_batch_or_each_tuple_of_By_has_its_own()
    {
        Event[] events = [Sample.Of("1", host: "a"), Sample.Of("2", host: "b"), Sample.Of("3", host: "a")];
        Reactors.Test(r => r.Rollup(Sample.Seconds(1))).Given(events).After(1).EmitsBatches(["1", "2", "3"]);
        Reactors.Test(r => r.By("host", h => h.Rollup(Sample.Seconds(1)))).Given(events).After(1).EmitsBatches(["1", "3"], ["2"]);
    }

    [Fact]
    public void Change_then_rollup()
    {
        ReactorTest test = Reactors.Test(r => r.Change("state").Rollup(Sample.Seconds(1), 10));
        foreach (string state in (string[])["ok", "ok", "warning", "critical", "critical", "ok", "critical", "ok"])
            test.Given(Sample.State(state)).After(0.1);
        test.After(2.2);
        Assert.Equal([1.2], test.Times());
        Assert.Equal(["warning", "critical", "ok", "critical", "ok"], test.Emitted[0].Events.Select(e => e.State));
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Rollup(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Rollup(Sample.Seconds(1), 0));
        Assert.Throws<ArgumentNullException>(() => Reactor.Rollup((Func<int, TimeSpan>)null!));
    }
}
