namespace Godot.Tests;

public sealed class ScopeTests
{
    [Fact]
    public void By_replaces_the_scope_of_every_verb_inside() =>
        Reactors.Test(r => r.By("service", s => s.MovingAverage(10).Throttle(2, Sample.Seconds(1))))
            .Given(Sample.Of("a", 1, "x"), Sample.Of("a", 3, "y"), Sample.Of("b", 10, "x"), Sample.Of("a", 5, "x"), Sample.Of("b", 20, "y"))
            .Emits(1d, 2, 10, 15);

    [Fact]
    public void Several_fields_are_one_tuple_and_each_event_is_handled_once() =>
        Reactors.Test(r => r.By(["host", "service"], s => s.MovingAverage(10)))
            .Given(Sample.Of("a", 1, "x"), Sample.Of("b", 10, "x"), Sample.Of("a", 100, "y"), Sample.Of("a", 3, "x")).Emits(1d, 10, 100, 2);

    [Fact]
    public void Whatever_the_strings_are() =>
        Reactors.Test(r => r.By("service", s => s.MovingAverage(10)))
            .Given(Sample.Of("__proto__", 1), Sample.Of("undefined", 10), Sample.Of(null, 100), Sample.Of("undefined", 20),
                Sample.Of(null, 300), Sample.Of("", 7)).Emits(1d, 10, 100, 15, 200, 7);

    [Fact]
    public void Across_is_one_scope_for_everything() =>
        Reactors.Test(r => r.Across(all => all.MovingAverage(10))).Given(Sample.Of("a", 1, "x"), Sample.Of("b", 3, "y")).Emits(1d, 2);

    [Fact]
    public void A_By_inside_a_By_narrows_it() =>
        Reactors.Test(r => r.By("host", h => h.By("service", s => s.MovingAverage(10))))
            .Given(Sample.Of("a", 1, "x"), Sample.Of("b", 1, "x"), Sample.Of("a", 1, "y"), Sample.Of("a", 5, "x")).Emits(1d, 1, 1, 3);

    [Theory]
    [InlineData("host")]
    [InlineData("host,service")]
    public void A_tuple_stays_one_inside_a_By_whatever_its_events_become(string fields) =>
        Reactors.Test(r => r.By([.. fields.Split(',')], s => s.MovingAverage(1).Map(e => e with { Host = "all" }).MovingAverage(10)))
            .Given(Sample.Of("a", 1, "x"), Sample.Of("a", 10, "y"), Sample.Of("a", 3, "x")).Emits(1d, 10, 2);

    [Fact]
    public void Each_By_and_each_verb_behind_one_looks_at_the_events_as_they_come_to_it()
    {
        Reactors.Test(r => r.MovingAverage(1).Map(e => e with { Host = "all" }).By(["host", "service"], s => s.MovingAverage(10)))
            .Given(Sample.Of("a", 1, "x"), Sample.Of("a", 3, "y")).Emits(1d, 2);
        Reactors.Test(r => r.By(["host", "service"], s => s.MovingAverage(1).Map(e => e with { Host = "all" })).MovingAverage(10))
            .Given(Sample.Of("a", 1, "x"), Sample.Of("a", 3, "y")).Emits(1d, 2);
        Reactors.Test(r => r.MovingAverage(1).By(["host", "service"], s => s.MovingAverage(2)).MovingAverage(2))
            .Given(Sample.Of("a", 1, "x"), Sample.Of("a", 3, "y"), Sample.Of("a", 5, "x")).Emits(1d, 3, 2);
    }

    [Fact]
    public void By_may_emit_batches_and_Across_too()
    {
        Reactors.Test(r => r.By("host", h => h.Rollup(Sample.Seconds(1)))).Given("a", "b").After(1).EmitsBatches(["a", "b"]);
        Reactors.Test(r => r.Across(all => all.Rollup(Sample.Seconds(1)))).Given("a", "b").After(1).EmitsBatches(["a", "b"]);
    }

    [Fact]
    public void Around_passes_events_unchanged_and_no_branch_sees_what_another_made()
    {
        ReactorTest test = Reactors.Test(r => r.Around(
            one => one.Map(e => e with { Metric = e.Metric + 1 }).Console(),
            two => two.Map(e => e with { Metric = e.Metric * 3 }).Console()));
        test.Given(1, 2).Emits(1d, 2);
        Assert.Equal([2, 3, 3, 6], test.Sent.Select(sent => sent.Events[0].Metric));
    }

    [Fact]
    public void A_branch_may_wait()
    {
        ReactorTest test = Reactors.Test(r => r.Around(Reactor.Count(Sample.Seconds(1)).Console())).Given(1).After(0.01).Given(1)
            .Emits(1d, 1).After(1);
        Assert.Equal([(1d, 2d)], test.Sent.Select(sent => (sent.At.TotalSeconds, sent.Events[0].Metric!.Value)));
    }

    [Fact]
    public void No_branches_pass_everything() => Reactors.Test(r => r.Around()).Given(1).Emits(1d);

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Reactor.By("nosuch", r => r.Over(1)));
        Assert.Throws<ArgumentException>(() => Reactor.By("host", _ => (Reactor)null!));
        Assert.Throws<ArgumentNullException>(() => Reactor.By("host", (Func<Reactor, Reactor>)null!));
        Assert.Throws<ArgumentNullException>(() => Reactor.Around((Recipe)null!));
    }

    [Fact]
    public void By_takes_a_function_whose_null_is_a_value_of_its_own() =>
        Reactors.Test(r => r.By(e => e.Host is { } host ? host[..1] : null, h => h.MovingAverage(10)), new EngineOptions { Lanes = 3 })
            .Given(Sample.Of("s", 10, "a1"), Sample.Of("s", 20, "a2"), Sample.Of("s", 5), Sample.Of("s", 7), Sample.Of("s", 1, "b1"))
            .Emits(10, 15, 5, 6, 1);

    [Fact]
    public void A_function_of_By_that_throws_loses_that_event_alone()
    {
        ReactorTest test =
            Reactors.Test(r =>
                r.ExceptionStream(inner => inner.By(e => e.Host![..1], h => h.MovingAverage(10)), failed => failed.Console()),
                new EngineOptions { Lanes = 3 })
            .Given(Sample.Of("s", 10, "a1"), Sample.Of("s", 5), Sample.Of("s", 20, "a2")).Loses(1).Emits(10, 15);
        Assert.Equal(5, Assert.Single(Assert.Single(test.Sent).Events).Metric);
    }

    [Fact]
    public void The_text_of_By_shows_its_function() =>
        Assert.Equal("By(e => e.State, r => r.Sum(), maxKeys: 5)", Reactor.By(e => e.State, r => r.Sum(), maxKeys: 5).ToString());
}
