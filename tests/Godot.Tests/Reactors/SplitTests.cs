namespace Godot.Tests;

public sealed class SplitTests
{
    static readonly Branch Critical = Branch.When("state", "critical", r => r.Map(e => e with { Description = "page" }));

    [Fact]
    public void The_first_branch_that_takes_an_event_has_it() =>
        Reactors.Test(r =>
            r.Split(Critical, Branch.When(e => e.Metric > 0, r => r.Map(e => e with { Description = "mail" })),
                Branch.Else(r => r.Map(e => e with { Description = "log" }))))
            .Given(Sample.Of("a", 1, state: "critical"), Sample.Of("a", 1), Sample.Of("a"))
            .Emits(new Event { Description = "page" }, new Event { Description = "mail" }, new Event { Description = "log" });

    [Fact]
    public void What_no_branch_takes_is_dropped() => Reactors.Test(r => r.Split(Critical)).Given("a", "b").EmitsNothing();

    [Fact]
    public void What_comes_after_sees_all_branches_together_and_in_order() =>
        Reactors.Test(r =>
            r.Split(Branch.When("service", "a", a => a.Across(all => all.Throttle(5, Sample.Seconds(10)))), Branch.Else(b => b))
            .Rollup(Sample.Seconds(1)))
            .Given("a", "b", "a", "c").After(1).EmitsBatches(["a", "b", "a", "c"]);

    [Fact]
    public void Behind_it_each_series_is_one_whatever_branch_it_came_by() =>
        Reactors.Test(r => r.Split(Branch.When(e => e.Metric > 5, r => r), Branch.Else(r => r.Over(-100))).MovingAverage(2)).Given(10, 0, 4)
        .Emits(10, 5, 2);

    [Fact]
    public void A_branch_has_state_of_its_own() =>
        Reactors.Test(r => r.Split(Branch.When(e => e.Metric > 5, r => r.MovingAverage(2)), Branch.Else(r => r.MovingAverage(2))))
        .Given(10, 0, 20, 4).Emits(10, 0, 15, 2);

    [Fact]
    public void Inside_a_By_the_branches_see_its_tuple() =>
        Reactors.Test(r => r.By("service", s => s.Split(Branch.Else(all => all.MovingAverage(2))).Over(0)))
            .Given(Sample.Of("cpu", 10, "a"), Sample.Of("cpu", 20, "b")).Emits(10, 15);

    [Fact]
    public void A_branch_of_batches_hands_them_to_its_outputs_alone()
    {
        ReactorTest test =
            Reactors.Test(r => r.Split(Branch.When("service", "a", a => a.Rollup(Sample.Seconds(1)).Console()), Branch.Else(b => b)))
            .Given("a", "b").After(1).Emits("b");
        Assert.Equal("a", Assert.Single(Assert.Single(test.Sent).Events).Service);
    }

    [Fact]
    public void Without_a_branch_or_behind_Else_it_is_refused()
    {
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => Reactor.Split()).Message, StringComparison.Ordinal);
        Assert.Contains("Else last", Assert.Throws<ArgumentException>(() => Reactor.Split(Branch.Else(r => r), Critical)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Its_text_is_what_was_written() =>
        Assert.Equal(
            """Split(Branch.When("state", "critical", r => r), Branch.When(e => e.Metric > 9, r => r.Over(1)), Branch.Else(r => r.Under(5)))""",
            Reactor.Split(Branch.When("state", "critical", r => r), Branch.When(e => e.Metric > 9, r => r.Over(1)),
                Branch.Else(r => r.Under(5))).ToString());
}
