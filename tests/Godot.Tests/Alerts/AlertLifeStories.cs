namespace Godot.Tests;

/// <summary>The traps of the twelve lines, beside what the tests of levels and policies say.</summary>
public abstract class AlertLifeStories(int lanes, bool together) : AlertStories(lanes, together)
{
    static readonly Event Ok = new() { Host = "app", Service = "cpu", State = "ok" }, Bad = Ok with { State = "critical" },
        Warn = Ok with { State = "warning" };

    AlertTest Cpu(Policy policy, string? on = null) =>
        Test(engine => engine.Add(Reactor.Where("service", "cpu").Alert().Notify(policy, on), "cpu"));

    static string[] Ids(AlertTest test) => [.. test.Ledger.Select(line => line.Incident).OfType<string>().Distinct()];

    // Line 1.
    [Fact]
    public void What_a_metric_opened_a_worse_event_without_one_does_not_make_endable_without_one() =>
        Test(Reactor.Where("service", "cpu").Alert(critical: e => e.State == "critical", warning: e => e.Metric > 90)
                .Notify(Pager.Of("ops")))
            .Given(Warn with { Metric = 95 }).Tells(Ops, "opened warning").Given(Bad).Tells(Ops, "worse: critical")
            .Given(Ok).TellsNobody().Crash().Given(Ok).TellsNobody().Given(Ok with { Metric = 1 }).Tells(Ops, "resolved");

    [Fact]
    public void An_event_that_says_nothing_is_still_heard() =>
        Test(Reactor.Where("service", "cpu").Alert(noData: NoData.Opens(5 * Minute)).Notify(Pager.Of("ops")))
            .Given(Ok).After(minutes: 4).Given(Ok with { State = null }).After(minutes: 4).TellsNobody().After(minutes: 1)
            .Tells(Ops, "opened no data");

    // Line 2.
    [Fact]
    public void Opened_and_over_in_one_moment_it_is_told_as_if_they_came_apart() =>
        Cpu(Pager.Of("ops")).Given(Bad, Ok, Bad).Tells((Ops, "opened"), (Ops, "resolved"), (Ops, "opened"));

    [Fact]
    public void Incidents_that_nobody_is_told_of_have_ids_of_their_own()
    {
        AlertTest test = Test(Reactor.Where("service", "cpu").Alert());
        Assert.Equal(3, Ids(test.Given(Bad, Ok, Bad, Ok, Bad)).Length);
        Assert.Equal(3, test.Incidents[0].Episode);
    }

    [Fact]
    public void The_end_of_one_waits_for_the_interval_and_that_of_the_last_does_not() =>
        Cpu(Pager.Of("ops").Group("service", wait: TimeSpan.Zero, interval: 5 * Minute)).Given(Bad).Tells(Ops, "opened critical cpu app")
            .Given(On("b", Bad)).TellsNobody().After(minutes: 5).Tells(Ops, "opened critical cpu b")
            .Given(Ok).TellsNobody().After(minutes: 5).Tells(Ops, "resolved after 5 min critical cpu app")
            .Given(On("b", Ok)).Tells(Ops, "resolved after 10 min critical cpu b");

    [Fact]
    public void Overdue_steps_wait_after_a_start_until_the_key_is_heard_or_a_minute_is_over()
    {
        Policy policy = Pager.Of("ops").Escalate(after: 15 * Minute, Pager.Of("team"));
        Cpu(policy).Given(Bad).Tells(Ops, "opened").Crash(away: Hour).TellsNobody().After(seconds: 59).TellsNobody().After(seconds: 1)
            .Tells(Team, "escalated critical cpu app");
        Cpu(policy).Given(Bad).Tells(Ops, "opened").Crash(away: Hour).Given(Bad).Tells(Team, "escalated critical cpu app");
        Cpu(policy).Given(Bad).Tells(Ops, "opened").Crash(away: Hour).Given(Ok).Tells(Ops, "resolved after 1 h").After(hours: 1)
            .TellsNobody();
    }

    // Line 3.
    [Fact]
    public void A_restart_loses_no_end_of_two_incidents_of_one_key()
    {
        static Event Rack(string rack, Event e) => e with { Meta = new Dictionary<string, MetaValue> { ["rack"] = rack } };

        Cpu(Pager.Of("ops").Group(Field.Meta("rack"), wait: TimeSpan.Zero, interval: Hour))
            .Given(On("b", Rack("1", Bad)), On("c", Rack("2", Bad))).Tells((Ops, "opened"), (Ops, "opened"))
            .Given(Rack("1", Bad)).After(hours: 1).Tells(Ops, "opened critical cpu app").Given(Ok)
            .Given(Rack("2", Bad)).Tells(Ops, "opened critical cpu app").Given(Ok).TellsNobody()
            .Crash().After(hours: 1).Tells((Ops, "resolved after 1 h critical cpu app"), (Ops, "resolved after 0 s critical cpu app"));
    }

    [Fact]
    public void Whoever_cannot_be_told_of_the_end_is_in_the_ledger()
    {
        bool known = true;
        AlertTest test = Test(engine =>
        {
            if (known) engine.Add(Reactor.Where("service", "cpu").Alert().Notify(Pager.Of("ops")), "cpu");
            engine.Add(Reactor.Where("service", "other").Alert(), "other");
        }).Given(Bad).Tells(Ops, "opened");
        known = false;
        test.Crash().After(minutes: 1).TellsNobody(because: "rule removed");
        Assert.Contains(test.Ledger, line => line.What == "not told" && line.Because!.Contains("rule", StringComparison.Ordinal));
        Assert.Empty(test.Incidents);
    }

    [Fact]
    public void A_rule_of_the_same_name_that_comes_within_a_minute_goes_on_with_its_incidents()
    {
        Engine? running = null;
        AlertTest test = Test(engine =>
        {
            running = engine;
            engine.Add(Reactor.Where("service", "cpu").Alert().Notify(Pager.Of("ops")), "cpu");
        }).Given(Bad).Tells(Ops, "opened").Remove("cpu").After(seconds: 50);
        running!.Add(Reactor.Where("service", "cpu").Alert().Notify(Pager.Of("team")), "cpu");
        test.After(hours: 1).TellsNobody().Given(Bad).TellsNobody().Given(Ok).Tells(Ops, "resolved after 1 h");
    }

    [Fact]
    public void Resolved_by_hand_what_is_bad_must_hold_for_long_enough_once_more() =>
        Test(Reactor.Where("service", "cpu").Alert(critical: e => e.Metric > 90, after: 5 * Minute).Notify(Pager.Of("ops")))
            .Given(Bad with { Metric = 95 }).After(minutes: 5).Tells(Ops, "opened").Resolve("test", by: "ann").Tells(Ops, "resolved")
            .Given(Bad with { Metric = 95 }).After(minutes: 4.9).TellsNobody().After(minutes: 0.1).Tells(Ops, "opened");

    // Line 4.
    [Theory]
    [InlineData(Saved.Store)]
    [InlineData(Saved.StoreAndSnapshot)]
    public void A_restart_does_not_start_the_clocks_that_an_acknowledgement_stopped(Saved keeps) =>
        Cpu(Pager.Of("ops").Repeat(every: 20 * Minute).Escalate(after: 15 * Minute, Pager.Of("team"))).Given(Bad).Tells(Ops, "opened")
            .After(minutes: 5).Acknowledge("cpu", by: "ann", until: Hour).After(minutes: 25).Crash(keeps, away: 5 * Minute).Given(Bad)
            .After(minutes: 30).TellsNobody(because: "no longer acknowledged").After(minutes: 9).TellsNobody().After(minutes: 1)
            .Tells(Team, "escalated").After(minutes: 5).Tells(Ops, "still");

    [Fact]
    public void An_acknowledgement_that_ends_while_the_monitor_is_down_ended_at_its_time() =>
        Cpu(Pager.Of("ops").Repeat(every: 20 * Minute).Escalate(after: 40 * Minute, Pager.Of("team"))).Given(Bad).Tells(Ops, "opened")
            .After(minutes: 5).Acknowledge("cpu", by: "ann", until: 10 * Minute).After(minutes: 1).Crash(away: 14 * Minute).Given(Bad)
            .TellsNobody().After(seconds: 1).TellsNobody(because: "no longer acknowledged").After(minutes: 9).TellsNobody()
            .After(minutes: 1).Tells(Ops, "still critical").After(minutes: 20).Tells((Team, "escalated"), (Ops, "still critical"));

    [Fact]
    public void An_acknowledgement_ends_with_its_incident() =>
        Cpu(Pager.Of("ops")).Given(Bad).Tells(Ops, "opened").Acknowledge("cpu", by: "ann").Given(Ok).Tells(Ops, "resolved").Given(Bad)
            .Tells(Ops, "opened");

    // Line 5.
    [Fact]
    public void What_came_due_in_a_silence_is_told_together_and_marked_also_after_a_restart()
    {
        AlertTest test = Cpu(Pager.Of("ops").Group("service", wait: Minute)).Silence("true", by: "ann", hours: 1)
            .Given(Bad, On("b", Bad)).After(minutes: 30).Crash(away: Hour).Given(Bad, On("b", Bad)).After(minutes: 1)
            .Tells(Ops, "opened critical cpu app; opened critical cpu b");
        Assert.All(test.AllTold[0].Notification.Notices,
            notice => Assert.StartsWith("silenced by ann", notice.HeldBack, StringComparison.Ordinal));
    }

    [Fact]
    public void A_silence_goes_by_labels_and_severity_and_says_whom_it_hushes()
    {
        AlertTest test = Test(engine => engine.Add(Reactor.Where("service", "cpu").Alert(labels: [("team", "db")])
            .Notify(Pager.Of("ops")), "cpu"));
        test.Silence("team = \"db\" and severity = \"warning\"", by: "ann", hours: 1).Given(Warn)
            .TellsNobody(because: "silenced by ann").Given(Bad).Tells(Ops, "opened critical").Given(Ok).Tells(Ops, "resolved")
            .Given(On("b", Bad)).Tells(Ops, "opened").After(hours: 1).TellsNobody(because: "0 of its incidents are open");
    }

    [Fact]
    public void A_silence_ends_by_hand_and_a_longer_one_still_holds()
    {
        Cpu(Pager.Of("ops")).Silence("true", by: "ann", hours: 1, command: "one").Silence("true", by: "bob", hours: 2, command: "two")
            .Given(Bad).EndSilence("two", by: "bob").TellsNobody(because: "silence ended").EndSilence("one", by: "ann")
            .Tells(Ops, "opened").After(hours: 2).TellsNobody();
    }

    [Fact]
    public void What_is_told_already_is_not_reminded_of_in_a_silence_and_the_next_step_waits() =>
        Cpu(Pager.Of("ops").Repeat(every: 30 * Minute).Escalate(after: 40 * Minute, Pager.Of("team"))).Given(Bad).Tells(Ops, "opened")
            .Silence("true", by: "ann", hours: 1).After(minutes: 59).TellsNobody(because: "silenced").After(minutes: 1)
            .Tells((Ops, "still critical"), (Team, "escalated critical")).After(minutes: 30).Tells(Ops, "still critical");

    // Line 6.
    AlertTest Host(bool restarts = false) => Test(engine =>
    {
        engine.Add(Reactor.Where("service", "ping").Alert().Notify(Pager.Of("ops")), "host-down");
        engine.Add(Reactor.Where("service", "cpu").Alert().Notify(Pager.Of("team")), "app-cpu");
        engine.Inhibit("app-*", when: "host-down", equal: "host");
    });

    static Event Ping(Event e) => e with { Service = "ping" };

    [Fact]
    public void A_start_waits_for_what_would_hush() =>
        Host().Given(Bad).After(seconds: 5).Crash(away: Minute).Given(Bad).After(seconds: 9).TellsNobody().Given(Ping(Bad))
            .Tells(Ops, "opened").After(hours: 1).TellsNobody(because: "hushed by host-down").Given(Ok).TellsNobody()
            .Given(Ping(Ok)).Tells(Ops, "resolved");

    [Fact]
    public void What_is_acknowledged_or_silenced_still_hushes() =>
        Host().Given(Ping(Bad)).Tells(Ops, "opened").Acknowledge("host-down", by: "ann").Silence("service = \"ping\"", "ann", hours: 9)
            .Given(Bad).After(hours: 1).TellsNobody(because: "hushed by host-down");

    [Fact]
    public void What_was_told_before_hears_its_end_though_it_is_hushed() =>
        Host().Given(Bad).After(seconds: 10).Tells(Team, "opened").Given(Ping(Bad)).Tells(Ops, "opened").Given(Ok)
            .Tells(Team, "resolved");

    // Line 7.
    [Fact]
    public void A_window_that_begins_or_ends_while_the_monitor_is_down_counts_all_the_same()
    {
        Policy policy = Pager.Of("ops").Mute(Window.Weekly("daily 01:00-02:00"));
        Cpu(policy).After(minutes: 30).Crash(away: Hour).Given(Bad).TellsNobody(because: "muted").After(minutes: 30).Tells(Ops, "opened");
        Cpu(policy).After(minutes: 90).Given(Bad).TellsNobody(because: "muted").Crash(away: Hour).Given(Bad).Tells(Ops, "opened");
    }

    // Line 8.
    [Fact]
    public void A_flapping_key_escalates_and_is_not_repeated_and_a_restart_does_not_end_it() =>
        Test(engine => engine.Add(Reactor.Where("service", "cpu").Alert(flapping: (1, 10 * Minute))
                .Notify(Pager.Of("ops").Repeat(every: Minute).Escalate(after: 5 * Minute, Pager.Of("team"))), "cpu"))
            .Given(Bad, Ok, Bad).Tells((Ops, "opened"), (Ops, "resolved"), (Ops, "opened")).After(minutes: 3).Given(Ok).After(minutes: 1)
            .TellsNobody().Crash().Given(Bad).After(minutes: 1).Tells(Team, "escalated").Given(Ok).After(minutes: 9.9).TellsNobody()
            .After(minutes: 0.1).Tells((Ops, "resolved after 15 min"), (Team, "resolved after 15 min"));

    // Line 9.
    [Fact]
    public void An_incident_of_no_data_outlives_a_restart() =>
        Test(Reactor.Where("service", "cpu").Alert(noData: NoData.Opens(5 * Minute)).Notify(Pager.Of("ops"))).Given(Ok)
            .After(minutes: 5).Tells(Ops, "opened no data").Crash().After(hours: 1).TellsNobody().Given(Ok).Tells(Ops, "resolved");

    [Fact]
    public void What_opens_after_it_has_fallen_silent_ends_as_any_other_that_is_silent() =>
        Test(Reactor.Where("service", "cpu").Alert(critical: e => e.Metric > 90, after: 10 * Minute,
                noData: NoData.Resolves(5 * Minute)).Notify(Pager.Of("ops")))
            .Given(Bad with { Metric = 95 }).After(minutes: 10).Tells(Ops, "opened critical").After(minutes: 5).Tells(Ops, "resolved");

    [Fact]
    public void A_monitor_that_was_down_blames_nobody() =>
        Test(Reactor.Where("service", "cpu").Alert(silentFor: Minute).Notify(Pager.Of("ops"))).Given(Ok).After(seconds: 50)
            .Crash(Saved.StoreAndSnapshot, away: Hour).TellsNobody().After(seconds: 9).TellsNobody().After(seconds: 1)
            .Tells(Ops, "opened expired");

    // Line 12. Across a restart there is only the calendar.
    [Fact]
    public void The_calendar_is_set_while_the_monitor_is_down_and_nothing_is_lost_or_negative()
    {
        Policy policy = Pager.Of("ops").Repeat(every: Hour);
        Cpu(policy).Given(Bad).Tells(Ops, "opened").SetClock(-Hour).Crash().Given(Bad).After(minutes: 59).TellsNobody()
            .After(minutes: 1).Tells(Ops, "still critical").Given(Ok).Tells(Ops, "resolved after 1 h");
        Cpu(policy).Given(Bad).Tells(Ops, "opened").SetClock(Hour).Crash().TellsNobody().Given(Bad).Tells(Ops, "still critical")
            .Given(Ok).Tells(Ops, "resolved after 1 h");
    }
}

public sealed class AlertLifeOneByOneTests() : AlertLifeStories(1, false);

public sealed class AlertLifeInBlocksTests() : AlertLifeStories(1, true);

public sealed class AlertLifeOnLanesTests() : AlertLifeStories(8, false);

public sealed class AlertLifeOnLanesInBlocksTests() : AlertLifeStories(8, true);
