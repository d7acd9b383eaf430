using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Godot.Tests;

public sealed class SequenceTests
{
    const int Within = 5;

    static readonly TimeSpan Time = Sample.Seconds(Within);

    // 0 and 2 begin a sequence, 1 and 2 end one, 3 is something else.
    static bool Begins(Steps.Step step) => step.Number is 0 or 2;

    static bool Ends(Steps.Step step) => step.Number is 1 or 2;

    static Sequence When(Reactor r) => r.When(e => e.State is "state 0" or "state 2");

    static Steps.Step? AnswerTo(Steps.Step first, Steps.Step[] steps) =>
        steps[(first.Index + 1)..].FirstOrDefault(Ends) is { } answer && answer.At < first.At + Within ? answer : null;

    [Property(MaxTest = 300)]
    public Property FollowedBy_pairs_every_first_event_with_the_next_that_ends_it() => Prop.ForAll(Steps.Random(3, 4), steps =>
        steps.Run(When(Reactor.Empty).FollowedBy(e => e.State is "state 1" or "state 2", Time)).SequenceEqual(
            from answer in steps
            from first in steps
            where Begins(first) && AnswerTo(first, steps) == answer
            select Steps.Text(answer.At, first.Index, answer.Index)));

    [Property(MaxTest = 300)]
    public Property NotFollowedBy_emits_every_first_event_that_nothing_ends_in_time() => Prop.ForAll(Steps.Random(3, 4), steps =>
        steps.Run(When(Reactor.Empty).NotFollowedBy(e => e.State is "state 1" or "state 2", Time)).SequenceEqual(
            from first in steps
            where Begins(first) && AnswerTo(first, steps) is null
            select Steps.Text(first.At + Within, first.Index)));

    static readonly Event Deploy = new() { Host = "web1", Service = "deploy", Metric = 7 },
        Heartbeat = new() { Host = "web1", Service = "heartbeat" };

    static Reactor Unhealthy => Reactor.By("host", r => r.When("service", "deploy").NotFollowedBy("service", "heartbeat", within: Time));

    [Fact]
    public void Two_services_of_one_host_make_a_sequence_inside_By()
    {
        Reactors.Test(Unhealthy).Given(Deploy).After(2).Given(Heartbeat).After(10).EmitsNothing();
        Reactors.Test(Unhealthy).Given(Deploy).After(2).Given(Heartbeat with { Host = "web2" }).After(3).Emits(Deploy);
        Reactors.Test(r => r.When("service", "deploy").NotFollowedBy("service", "heartbeat", within: Time)).Given(Deploy).After(2)
            .Given(Heartbeat).After(3).Emits(Deploy);
    }

    [Fact]
    public void What_follows_at_the_same_instant_counts_if_it_arrives_later()
    {
        Reactors.Test(Unhealthy).Given(Deploy, Heartbeat).After(10).EmitsNothing();
        Reactors.Test(Unhealthy).Given(Heartbeat, Deploy).After(5).Emits("deploy");
    }

    [Fact]
    public void What_follows_at_the_very_end_comes_too_late() =>
        Reactors.Test(Unhealthy).Given(Deploy).After(5).Given(Heartbeat).Emits("deploy");

    [Fact]
    public void What_is_emitted_is_the_first_event_as_it_came() =>
        Reactors.Test(Unhealthy).Given(Deploy with { Time = Sample.At(-100), State = "expired" }).After(5)
        .Emits(Deploy with { Time = Sample.At(-100), State = "expired" });

    [Fact]
    public void A_first_event_that_repeats_does_not_put_off_the_verdict()
    {
        ReactorTest test = Reactors.Test(Unhealthy);
        for (int i = 0; i < 4; i++) test.Given(Deploy).After(2);
        Assert.Equal([5, 7], test.Times());
    }

    [Fact]
    public void A_restart_changes_nothing_and_the_end_is_no_verdict()
    {
        Reactors.Test(Unhealthy).Given(Deploy).After(2).Given(Deploy).Restart().After(2.999).EmitsNothing().After(0.001).Emits("deploy")
            .Restart().After(2).Emits("deploy");
        Reactors.Test(Unhealthy).Given(Deploy).Restart().Given(Heartbeat).Restart().After(10).EmitsNothing();
        Reactors.Test(Unhealthy).Given(Deploy).End().EmitsNothing();
        Reactors.Test(Reactor.When("state", "a").FollowedBy("state", "b", Time)).Given(Sample.State("a")).After(4).Restart()
            .Given(Sample.State("b")).EmitsBatches(["cpu", "cpu"]);
        // Over before the restart, though nothing came by then that would have dropped it.
        Reactors.Test(Reactor.When("state", "a").FollowedBy("state", "b", Time)).Given(Sample.State("a")).After(9).Restart()
            .Given(Sample.State("b")).EmitsNothing();
    }

    [Fact]
    public void What_waits_is_not_forgotten()
    {
        EngineOptions options = new() { IdleAfter = TimeSpan.FromHours(1), Lanes = 1 };
        TimeSpan long_ = TimeSpan.FromHours(3);
        Reactors.Test(Reactor.When("service", "a").NotFollowedBy("state", "b", long_), options).Given("a").After(3 * 3600).Emits("a");
        Reactors.Test(Reactor.When("service", "a").FollowedBy("state", "b", long_), options).Given("a").After(2.9 * 3600)
            .Given(new Event { Host = "host", Service = "a", State = "b" }).EmitsBatches(["a", "a"]);
    }

    [Fact]
    public void A_function_that_throws_loses_the_event_and_changes_nothing() =>
        Reactors.Test(Reactor.When("state", "a").NotFollowedBy(e => e.Metric!.Value > 0, Time))
        .Given(Sample.State("a") with { Metric = -1 }, Sample.State("b")).Loses(1).After(5).Emits(-1d);

    [Fact]
    public void So_many_wait_and_no_more()
    {
        ReactorTest test = Reactors.Test(Unhealthy);
        for (int i = 0; i < 10_001; i++) test.Given(Deploy);
        test.Loses(1).After(5);
        Assert.Equal(10_000, test.Emitted.Count);
    }

    [Fact]
    public void What_cannot_work_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Reactor.When("service", 5));
        Assert.Throws<ArgumentNullException>(() => Reactor.When(null!));
        Assert.Throws<ArgumentException>(() => Reactor.When("state", "a").FollowedBy("nosuch", "b", Time));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.When("state", "a").FollowedBy("state", "b", TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reactor.When("state", "a").NotFollowedBy(e => true, TimeSpan.Zero));
    }
}
