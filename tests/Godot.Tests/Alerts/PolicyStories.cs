namespace Godot.Tests;

/// <summary>Who is told, when and again: the other lines of the twelve.</summary>
public abstract class PolicyStories(int lanes, bool together) : AlertStories(lanes, together)
{
    static readonly Event Ok = new() { Host = "app", Service = "cpu", State = "ok" }, Bad = Ok with { State = "critical" };

    AlertTest Cpu(Policy policy, string? on = null) =>
        Test(engine => engine.Add(Reactor.Where("service", "cpu").Alert().Notify(policy, on), "cpu"));

    [Fact]
    public void A_group_waits_and_is_told_as_one() =>
        Cpu(Pager.Of("ops").Group("service", wait: 0.5 * Minute, interval: 5 * Minute))
            .Given(On("a", Bad)).After(seconds: 10).Given(On("b", Bad)).After(seconds: 19).TellsNobody().After(seconds: 1)
            .Tells(Ops, "opened critical cpu a; opened critical cpu b")
            .Given(On("c", Bad)).After(minutes: 4).TellsNobody().After(minutes: 1).Tells(Ops, "opened critical cpu c")
            .Given(On("a", Ok), On("b", Ok)).TellsNobody().Given(On("c", Ok))
            .Tells(Ops, "resolved after 5 min 30 s critical cpu a; resolved after 5 min 20 s critical cpu b; "
                + "resolved after 5 min critical cpu c");

    [Fact]
    public void Opened_and_over_within_the_wait_is_not_told() =>
        Cpu(Pager.Of("ops").Group("service", wait: 0.5 * Minute)).Given(Bad).After(seconds: 20).Given(Ok).After(hours: 1)
            .TellsNobody(because: "over before anybody was told");

    [Fact]
    public void Worse_does_not_wait() =>
        Cpu(Pager.Of("ops").Group("service", wait: 0.5 * Minute, interval: Hour)).Given(Ok with { State = "warning" }).After(minutes: 1)
            .Tells(Ops, "opened warning").Given(Bad).Tells(Ops, "worse: critical");

    [Fact]
    public void It_is_repeated_as_long_as_it_burns_and_nobody_acknowledged() =>
        Cpu(Pager.Of("ops").Repeat(every: Hour)).Given(Bad).Tells(Ops, "opened critical").After(hours: 1).Tells(Ops, "still critical")
            .After(minutes: 30).Acknowledge("cpu", by: "ann", until: 2 * Hour).After(hours: 2).TellsNobody(because: "ann")
            .After(minutes: 29).TellsNobody().After(minutes: 1).Tells(Ops, "still critical").Given(Ok).Tells(Ops, "resolved after 4 h");

    [Fact]
    public void It_escalates_unless_it_is_acknowledged_and_each_step_counts_from_its_own_first_notice()
    {
        Policy policy = Pager.Of("ops").Escalate(after: 15 * Minute, Pager.Of("team").Escalate(after: 10 * Minute, Pager.Of("boss")));
        Cpu(policy).Given(Bad).Tells(Ops, "opened critical").After(minutes: 15).Tells(Team, "escalated critical")
            .After(minutes: 9).TellsNobody().After(minutes: 1).Tells(Boss, "escalated critical")
            .Given(Ok).Tells((Ops, "resolved after 25 min"), (Team, "resolved after 25 min"), (Boss, "resolved after 25 min"));
        Cpu(policy).Given(Bad).Tells(Ops, "opened critical").After(minutes: 5).Acknowledge("cpu", by: "ann", until: Hour)
            .After(minutes: 60).TellsNobody(because: "acknowledged").After(minutes: 9).TellsNobody().After(minutes: 1)
            .Tells(Team, "escalated critical");
        Cpu(policy).Given(Bad).Tells(Ops, "opened critical").After(minutes: 5).Given(Ok).Tells(Ops, "resolved after 5 min")
            .After(hours: 1).TellsNobody();
    }

    [Fact]
    public void Acknowledged_before_the_first_notice_it_is_not_told() =>
        Cpu(Pager.Of("ops").Group("host", wait: Minute)).Given(Bad).Acknowledge("cpu", by: "ann").After(hours: 1)
            .TellsNobody(because: "acknowledged by ann").Given(Ok).TellsNobody();

    [Fact]
    public void What_gets_worse_is_told_whoever_acknowledged_it() =>
        Cpu(Pager.Of("ops")).Given(Ok with { State = "warning" }).Tells(Ops, "opened warning").Acknowledge("cpu", by: "ann")
            .Given(Bad).Tells(Ops, "worse: critical");

    [Fact]
    public void A_policy_may_hear_of_one_severity_alone() =>
        Cpu(Pager.Of("ops"), on: "critical").Given(Ok with { State = "warning" }).TellsNobody().Given(Bad).Tells(Ops, "opened critical");

    [Fact]
    public void A_silence_hushes_and_what_still_burns_at_its_end_is_told_and_why_so_late()
    {
        AlertTest test = Cpu(Pager.Of("ops")).Silence("host = \"app\"", by: "ann", hours: 1).Given(Bad, On("web", Bad))
            .Tells(Ops, "opened critical cpu web").After(minutes: 59).TellsNobody().After(minutes: 1).Tells(Ops, "opened critical cpu app");
        Assert.StartsWith("silenced by ann", test.AllTold[^1].Notification.Notices[0].HeldBack, StringComparison.Ordinal);
    }

    [Fact]
    public void Began_and_ended_within_a_silence_there_is_no_word() =>
        Cpu(Pager.Of("ops")).Silence("severity = \"critical\" and reactor = \"cpu\"", by: "ann", hours: 1).Given(Bad).After(minutes: 5)
            .Given(Ok).After(hours: 2).TellsNobody(because: "silenced by ann");

    [Fact]
    public void Who_was_told_of_the_opening_hears_the_end_through_a_silence() =>
        Cpu(Pager.Of("ops")).Given(Bad).Tells(Ops, "opened critical").Silence("true", by: "ann", hours: 1).Given(Ok)
            .Tells(Ops, "resolved");

    [Fact]
    public void An_alert_hushes_others_and_what_still_burns_a_minute_after_is_told() =>
        Test(engine =>
        {
            engine.Add(Reactor.Where("service", "db").Alert().Notify(Pager.Of("ops")), "db-down");
            engine.Add(Reactor.Where("service", "cpu").Alert().Notify(Pager.Of("ops")), "app-cpu");
            engine.Inhibit("app-*", when: "db-down", equal: "host");
        })
            // In either order: what may be hushed waits for what hushes it.
            .Given(Bad).After(seconds: 9).Given(Bad with { Service = "db" }).Tells(Ops, "opened critical db app").After(minutes: 10)
            .TellsNobody(because: "hushed by db-down")
            .Given(On("web", Bad)).TellsNobody().After(seconds: 10).Tells(Ops, "opened critical cpu web")
            .Given(Ok with { Service = "db" }).Tells(Ops, "resolved").After(seconds: 59).TellsNobody().After(seconds: 1)
            .Tells(Ops, "opened critical cpu app");

    [Fact]
    public void A_circle_of_inhibitions_is_refused()
    {
        Engine engine = new();
        engine.Add(Reactor.Where("service", "a").Alert(), "a");
        engine.Add(Reactor.Where("service", "b").Alert(), "b");
        engine.Inhibit("a", when: "b", equal: "host");
        Assert.Contains("circle", Assert.Throws<ArgumentException>(() => engine.Inhibit("b", when: "a", equal: "host")).Message,
            StringComparison.Ordinal);
        engine.Inhibit("*", when: "a-*", equal: "host");
        Assert.Throws<ArgumentException>(() => engine.Add(Reactor.Where("service", "b").Alert(), "a-1").Length > 0
            && engine.Add(Reactor.Where("service", "b").Alert(), "a-2").Length > 0);
    }

    [Fact]
    public void A_window_holds_back_but_not_the_end() =>
        Cpu(Pager.Of("ops").Mute(Window.Weekly("daily 00:00-02:00"))).Given(Bad).After(hours: 1).TellsNobody(because: "muted")
            .After(hours: 1).Tells(Ops, "opened critical").Given(Ok).Tells(Ops, "resolved");

    [Fact]
    public void A_flapping_key_is_one_incident_until_it_has_settled()
    {
        AlertTest test = Test(engine => engine.Add(Reactor.Where("service", "cpu")
            .Alert(flapping: (2, 10 * Minute)).Notify(Pager.Of("ops").Repeat(every: 5 * Minute)), "cpu"));
        test.Given(Bad, Ok, Bad, Ok).Tells((Ops, "opened"), (Ops, "resolved"), (Ops, "opened"), (Ops, "resolved"))
            .Given(Bad).Tells(Ops, "opened");
        for (int i = 0; i < 20; i++) test.After(minutes: 1).Given(Ok).After(minutes: 1).Given(Bad);
        test.TellsNobody().Given(Ok).After(minutes: 9.9).TellsNobody().After(minutes: 0.1).Tells(Ops, "resolved after 50 min");
    }

    [Fact]
    public void Resolved_by_hand_it_opens_anew_if_it_is_still_bad()
    {
        AlertTest test = Cpu(Pager.Of("ops")).Given(Bad).Tells(Ops, "opened").Resolve("cpu", by: "ann").Tells(Ops, "resolved").Given(Bad)
            .Tells(Ops, "opened");
        Assert.Equal(2, test.AllTold.Select(told => told.Notification.Notices[0].Incident.Id).Distinct().Count());
        Test(Reactor.Where("service", "cpu").Alert(silentFor: Minute).Notify(Pager.Of("ops"))).Given(Ok).After(minutes: 1)
            .Tells(Ops, "opened expired").Resolve("test", by: "ann").Tells(Ops, "resolved").After(days: 1).TellsNobody()
            .Given(Ok).After(minutes: 1).Tells(Ops, "opened expired");
    }

    [Fact]
    public void A_command_that_comes_twice_does_nothing_the_second_time() =>
        Cpu(Pager.Of("ops")).Given(Bad).Tells(Ops, "opened").Resolve("cpu", by: "ann", command: "1").Tells(Ops, "resolved").Given(Bad)
            .Tells(Ops, "opened").Resolve("cpu", by: "ann", command: "1").TellsNobody();

    [Fact]
    public void A_text_that_throws_is_ours_and_says_so()
    {
        AlertTest test = Test(Reactor.Where("service", "cpu").Alert(text: _ => throw new InvalidOperationException("no text"))
            .Notify(Pager.Of("ops"))).Given(Bad).Tells(Ops, "opened critical");
        Assert.Contains("no text", test.AllTold[0].Notification.Notices[0].Text, StringComparison.Ordinal);
        Assert.Contains(test.Ledger, line => line.What == "text failed");
    }

    [Theory]
    [InlineData(Saved.Store)]
    [InlineData(Saved.StoreAndSnapshot)]
    public void A_restart_loses_no_incident_and_tells_nothing_twice(Saved keeps)
    {
        Policy policy = Pager.Of("ops").Repeat(every: 4 * Hour).Escalate(after: 15 * Minute, Pager.Of("team"));
        AlertTest test = Cpu(policy).Given(Bad).Tells(Ops, "opened").After(minutes: 5).Crash(keeps, away: 2 * Minute).TellsNobody()
            .Given(Bad).After(minutes: 7).TellsNobody().After(minutes: 1).Tells(Team, "escalated critical cpu app")
            .Crash(keeps).Given(Bad).TellsNobody().Given(Ok).Tells((Ops, "resolved after 15 min"), (Team, "resolved after 15 min"));
        Assert.Single(test.AllTold.Select(told => told.Notification.Notices[0].Incident.Id).Distinct());
    }

    [Fact]
    public void A_group_keeps_its_wait_and_its_interval_over_a_restart()
    {
        AlertTest test = Cpu(Pager.Of("ops").Group("service", wait: Minute, interval: 10 * Minute)).Given(On("a", Bad)).After(seconds: 30)
            .Crash().Given(On("a", Bad)).After(seconds: 29).TellsNobody().After(seconds: 1).Tells(Ops, "opened critical cpu a")
            .After(minutes: 4).Given(On("b", Bad)).After(minutes: 1).Crash(away: Minute).Given(On("b", Bad)).After(seconds: 239)
            .TellsNobody().After(seconds: 1).Tells(Ops, "opened critical cpu b");
        // The last to be told has left; who stays knows when.
        test.Given(On("b", Ok)).After(minutes: 10).Tells(Ops, "resolved after 6 min critical cpu b").After(minutes: 9)
            .Given(On("c", Bad)).Crash().Given(On("c", Bad)).After(seconds: 59).TellsNobody().After(seconds: 1)
            .Tells(Ops, "opened critical cpu c");
    }

    [Fact]
    public void The_end_of_the_last_that_somebody_knows_of_does_not_wait_for_one_that_is_silenced() =>
        Cpu(Pager.Of("ops").Group("service", wait: 0.5 * Minute, interval: Hour)).Silence("host = \"b\"", by: "ann", hours: 9)
            .Given(On("a", Bad), On("b", Bad)).After(minutes: 1).Tells(Ops, "opened critical cpu a")
            .Given(On("a", Ok)).Tells(Ops, "resolved after 1 min critical cpu a");

    [Fact]
    public void The_end_of_one_waits_while_another_that_burns_is_yet_to_be_told() =>
        Cpu(Pager.Of("ops").Group("service", wait: 0.5 * Minute, interval: Hour)).Given(On("a", Bad)).After(minutes: 1)
            .Tells(Ops, "opened critical cpu a").Given(On("b", Bad)).Given(On("a", Ok)).TellsNobody().After(minutes: 59.5)
            .Tells(Ops, "resolved after 1 min critical cpu a; opened critical cpu b");

    [Fact]
    public void What_was_hushed_stays_so_for_a_minute_after_over_a_restart() =>
        Test(engine =>
        {
            engine.Add(Reactor.Where("service", "db").Alert().Notify(Pager.Of("ops")), "db-down");
            engine.Add(Reactor.Where("service", "cpu").Alert().Notify(Pager.Of("ops")), "app-cpu");
            engine.Inhibit("app-*", when: "db-down", equal: "host");
        })
            .Given(Bad with { Service = "db" }).Tells(Ops, "opened critical db app").Given(Bad).After(minutes: 1)
            .Given(Ok with { Service = "db" }).Tells(Ops, "resolved").After(seconds: 10).Crash(away: TimeSpan.FromSeconds(10)).Given(Bad)
            .After(seconds: 39).TellsNobody().After(seconds: 1).Tells(Ops, "opened critical cpu app")
            // What has ended and was told is kept no longer.
            .Crash().After(minutes: 5).TellsNobody();

    [Fact]
    public void What_a_channel_refuses_for_good_goes_to_the_fallback()
    {
        Policy policy = Pager.Of("ops").Fallback(Pager.Of("boss")).Escalate(after: Hour, Pager.Of("team"));
        AlertTest test = Cpu(policy).Refuses(Ops).Refuses(Team).Given(Bad).Tells(Boss, "opened critical cpu app");
        Assert.Equal(["told: opened critical -> pager:ops", "refused -> pager:ops (it takes nothing, says the test)",
            "told: opened critical -> pager:boss (pager:ops refused it)"], test.Ledger.TakeLast(3).Select(line =>
                line.ToString()["2025-01-01 00:00:00 ".Length..].Replace("cpu app ", "", StringComparison.Ordinal)));
        // A step has a fallback of its own, or none.
        test.After(hours: 1).TellsNobody(because: "refused").Refuses(Ops, false).Given(Ok).Tells(Ops, "resolved after 1 h");
        Assert.Contains("Group", Assert.Throws<ArgumentException>(() => policy.Fallback(policy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_are_known_for_a_week()
    {
        AlertTest test = Cpu(Pager.Of("ops")).Given(Bad).Resolve("cpu", by: "ann", command: "1").Given(Bad).After(days: 6.9)
            .Crash().Resolve("cpu", by: "ann", command: "1");
        Assert.Single(test.Incidents);
        test.After(days: 0.2).Resolve("cpu", by: "ann", command: "2").Given(Bad).Resolve("cpu", by: "ann", command: "1");
        Assert.Empty(test.Incidents);
    }

    [Fact]
    public void An_incident_has_a_name_though_its_events_have_neither_host_nor_service()
    {
        Event nobody = new() { State = "critical" };
        Test(Reactor.Empty.Alert().Notify(Pager.Of("ops"))).Given(nobody).Tells(Ops, "opened critical test");
        AlertTest test = Test(Reactor.Empty.By(Field.Meta("host"), r => r.Alert()).Notify(Pager.Of("ops")))
            .Given(nobody with { Meta = new Dictionary<string, MetaValue> { ["host"] = "a" } }).Tells(Ops, "opened critical test a");
        Assert.Equal([new("meta.host", "a")], test.Incidents[0].Key);
    }

    [Fact]
    public void A_rule_that_is_gone_for_a_minute_ends_its_incidents() =>
        Cpu(Pager.Of("ops")).Given(Bad).Tells(Ops, "opened").Remove("cpu").After(seconds: 59).TellsNobody().After(seconds: 1)
            .Tells(Ops, "resolved");

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void The_clock_is_set_by_an_hour_and_nothing_is_told_wrongly(int hours) =>
        Cpu(Pager.Of("ops").Repeat(every: Hour).Escalate(after: 30 * Minute, Pager.Of("team"))).Given(Bad).Tells(Ops, "opened")
            .After(minutes: 10).SetClock(TimeSpan.FromHours(hours)).After(minutes: 19).TellsNobody().After(minutes: 1)
            .Tells(Team, "escalated").After(minutes: 30).Tells(Ops, "still").Given(Ok)
            .Tells((Ops, "resolved after 1 h"), (Team, "resolved after 1 h"));
}

public sealed class PolicyOneByOneTests() : PolicyStories(1, false);

public sealed class PolicyInBlocksTests() : PolicyStories(1, true);

public sealed class PolicyOnLanesTests() : PolicyStories(8, false);

public sealed class PolicyOnLanesInBlocksTests() : PolicyStories(8, true);
