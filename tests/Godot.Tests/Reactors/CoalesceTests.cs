using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class CoalesceTests
{
    [Property(MaxTest = 200)]
    public Property Emits_the_last_of_each_series_in_the_order_in_which_they_first_came() => Prop.ForAll(Steps.Random(1, 4), steps =>
        steps.Run(Reactor.Coalesce(), step => step.Event with { Host = $"host {step.Number}" }).SequenceEqual(steps.Select(now =>
            Steps.Text(now.At,
                [.. steps[..(now.Index + 1)].GroupBy(step => step.Number).Select(series => (double?)series.Last().Index)]))));

    [Fact]
    public void Series_are_told_apart_whatever_they_are_called()
    {
        Reactors.Test(r => r.Coalesce()).Given(Sample.Of("c", 1, "a/b"), Sample.Of("b/c", 2, "a")).Emits(1, 1, 2);
        Reactors.Test(r => r.Coalesce()).Given(Sample.Of("cpu", 1), Sample.Of(null, 2), Sample.Of("cpu", 3)).Emits(1, 1, 2, 3, 2);
    }

    [Fact]
    public void One_whose_ttl_is_over_is_forgotten() =>
        Reactors.Test(r => r.Coalesce()).Given(new Event { Service = "a", Ttl = Sample.Seconds(5) }).After(4.999).Given("b").After(0.001)
        .Given("c")
            .EmitsBatches(["a"], ["a", "b"], ["b", "c"]);

    [Fact]
    public void One_that_expires_is_in_one_batch_more() =>
        Reactors.Test(r => r.Coalesce()).Given("a", "b")
        .Given(new Event { Host = "host", Service = "a", State = "expired", Ttl = TimeSpan.Zero }).Given("b")
            .EmitsBatches(["a"], ["a", "b"], ["a", "b"], ["b"]);

    [Fact]
    public void An_interval_emits_only_if_something_came()
    {
        ReactorTest test = Reactors.Test(r => r.Coalesce(Sample.Seconds(10))).After(3).Given("a", "b", "a").After(25).Given("b").After(100);
        Assert.Equal([13, 33], test.EmitsBatches(["a", "b"], ["a", "b"]).Times());
    }

    [Fact]
    public void An_event_at_the_end_is_of_the_next_interval() =>
        Reactors.Test(r => r.Coalesce(Sample.Seconds(10))).Given("a").After(10).Given("b").EmitsBatches(["a"]).After(10)
        .EmitsBatches(["a", "b"]);

    [Fact]
    public void What_came_since_the_last_batch_comes_out_at_the_end() =>
        Reactors.Test(r => r.Coalesce(Sample.Seconds(10))).Given("a").After(10).Given("b").End().EmitsBatches(["a"], ["a", "b"]);

    [Fact]
    public void A_restart_forgets_nothing()
    {
        Reactors.Test(r => r.Coalesce()).Given(new Event { Service = "a", Ttl = Sample.Seconds(5) }).Given("b").After(3).Restart()
            .Given("c").After(2).Given("c")
            .EmitsBatches(["a"], ["a", "b"], ["a", "b", "c"], ["b", "c"]);
        Reactors.Test(r => r.Coalesce(Sample.Seconds(10))).Given("a").After(4).Restart().After(5.999).EmitsNothing().After(0.001)
            .EmitsBatches(["a"]);
    }

    [Fact]
    public void Events_of_series_beyond_the_limit_are_lost() =>
        Reactors.Test(r => r.Coalesce(limit: 2)).Given("a", "b", "c", "a").Loses(1).EmitsBatches(["a"], ["a", "b"], ["a", "b"]);

    [Fact]
    public void By_coalesces_inside_each_tuple() =>
        Reactors.Test(r => r.By("service", s => s.Coalesce())).Given(Sample.Of("x", 1, "a"), Sample.Of("y", 2, "a"), Sample.Of("x", 3, "b"))
        .Emits(1, 2, 1, 3);

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Coalesce(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.Coalesce(limit: 0));
    }
}
