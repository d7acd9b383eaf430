namespace Godot.Tests;

public sealed class ProjectTests
{
    static readonly BatchReactor Queue = Reactor.Project(Reactor.Where("service", "in"), Reactor.Where("service", "out"));

    [Fact]
    public void Emits_with_every_event_that_matches_once_there_is_one_for_each() =>
        Reactors.Test(Queue).Given(Sample.Of("out", 1), Sample.Of("cpu", 2), Sample.Of("out", 3)).EmitsNothing()
        .Given(Sample.Of("in", 4), Sample.Of("in", 5), Sample.Of("out", 6))
            .Emits(4, 3, 5, 3, 5, 6);

    [Fact]
    public void A_batch_makes_one_number_of_them() =>
        Reactors.Test(Queue.Combine(pair => pair[0] with { Metric = pair[0].Metric - pair[1].Metric }))
        .Given(Sample.Of("in", 5), Sample.Of("out", 3)).Emits(2d);

    [Fact]
    public void An_event_may_stand_for_several() =>
        Reactors.Test(r => r.Project(Reactor.Over(1), Reactor.Where("service", "*").Over(5)))
        .Given(Sample.Of("a", 2), Sample.Of("b", 9), Sample.Of("c")).EmitsBatches(["b", "b"]);

    [Fact]
    public void One_whose_ttl_is_over_is_forgotten() =>
        Reactors.Test(Queue).Given(new Event { Service = "in", Ttl = Sample.Seconds(5) }).After(5).Given("out").EmitsNothing().Given("in")
        .EmitsBatches(["in", "out"]);

    [Fact]
    public void One_that_expires_is_in_one_batch_more()
    {
        Event expired = new() { Service = "in", State = "expired" };
        Reactors.Test(Queue).Given("in", "out").Given(expired).EmitsBatches(["in", "out"], ["in", "out"]).Given("out").EmitsNothing()
            .Given("in").EmitsBatches(["in", "out"]);
        Reactors.Test(Queue).Given(expired).Given("out").EmitsNothing();
    }

    [Fact]
    public void A_filter_that_throws_loses_the_event_and_changes_nothing() =>
        Reactors.Test(r => r.Project(Reactor.Where("service", "*"), Reactor.Where(e => e.Metric!.Value > 0)))
        .Given(Sample.Of("a", 1), Sample.Of("b"), Sample.Of("c", -1)).Loses(1)
            .EmitsBatches(["a", "a"], ["c", "a"]);

    [Fact]
    public void A_restart_forgets_nothing() =>
        Reactors.Test(Queue).Given(new Event { Service = "in", Ttl = Sample.Seconds(5) }).After(3).Restart().Given("out")
        .EmitsBatches(["in", "out"]).After(2).Restart().Given("out").EmitsNothing();

    [Fact]
    public void By_projects_inside_each_tuple() =>
        Reactors.Test(r => r.By("host", h => h.Project(Reactor.Where("service", "in"), Reactor.Where("service", "out"))))
        .Given(Sample.Of("in", 1, "a"), Sample.Of("out", 2, "b"), Sample.Of("out", 3, "a")).Emits(1, 3);

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Reactor.Project());
        Assert.Contains("Counter()", Assert.Throws<ArgumentException>(() => Reactor.Project(Reactor.Over(1), Reactor.Counter())).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Reactor.Project(Reactor.Over(1), null!));
    }
}
