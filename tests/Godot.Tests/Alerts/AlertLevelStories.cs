namespace Godot.Tests;

/// <summary>When a level counts, and when it is over: the first of the twelve lines.</summary>
public abstract class AlertLevelStories(int lanes, bool together) : AlertStories(lanes, together)
{
    static readonly Event Ok = Of(50), Warning = Of(92), Critical = Of(96), Between = Of(85);

    static Event Of(double? metric) => new() { Host = "app", Service = "cpu", Metric = metric };

    AlertTest Cpu(TimeSpan after = default, TimeSpan clearAfter = default, int times = 1, int clearTimes = 1,
        Func<EventView, bool>? clear = null, NoData? noData = null) =>
        Test(Reactor.Where("service", "cpu")
            .Alert(critical: e => e.Metric > 95, warning: e => e.Metric > 90, clear: clear, after, clearAfter, times, clearTimes, noData)
            .Notify(Pager.Of("ops")));

    [Fact]
    public void It_opens_and_ends_and_says_how_long_it_took() =>
        Cpu().Given(Ok).TellsNobody().Given(Critical).Tells(Ops, "opened critical cpu app").Given(Critical).TellsNobody()
            .After(minutes: 35).Given(Ok).Tells(Ops, "resolved after 35 min critical cpu app").Given(Ok).TellsNobody();

    [Fact]
    public void A_key_that_was_forgotten_while_it_was_well_opens_again() =>
        Cpu().Given(Critical).Tells(Ops, "opened critical").Given(Ok).Tells(Ops, "resolved").After(days: 3).Given(Critical)
            .Tells(Ops, "opened critical");

    [Fact]
    public void A_level_counts_once_it_has_held_long_enough_without_another_event() =>
        Cpu(after: 5 * Minute).Given(Critical).After(minutes: 4.9).TellsNobody().After(minutes: 0.1).Tells(Ops, "opened critical");

    [Fact]
    public void A_worse_one_counts_for_it_meanwhile() =>
        Cpu(after: 5 * Minute).Given(Warning).After(minutes: 3).Given(Critical).After(minutes: 1).Given(Warning).After(minutes: 1)
            .Tells(Ops, "opened warning").Given(Critical).After(minutes: 4).TellsNobody().After(minutes: 1).Tells(Ops, "worse: critical");

    [Fact]
    public void A_break_begins_it_anew() =>
        Cpu(after: 5 * Minute).Given(Critical).After(minutes: 4).Given(Ok).Given(Critical).After(minutes: 4).TellsNobody()
            .After(minutes: 1).Tells(Ops, "opened critical");

    [Fact]
    public void What_is_between_breaks_what_has_not_held_long_enough_and_changes_nothing_once_it_is_open() =>
        Cpu(after: 5 * Minute, clear: e => e.Metric < 80).Given(Critical).After(minutes: 4).Given(Between).Given(Critical)
            .After(minutes: 4).TellsNobody().After(minutes: 1).Tells(Ops, "opened critical")
            .Given(Between).After(hours: 1).Given(Between).TellsNobody().Given(Ok).Tells(Ops, "resolved after 1 h");

    [Fact]
    public void The_severity_stays_at_the_worst() =>
        Cpu().Given(Warning).Tells(Ops, "opened warning").Given(Critical).Tells(Ops, "worse: critical").Given(Warning).TellsNobody()
            .Given(Critical).TellsNobody().Given(Ok).Tells(Ops, "resolved after 0 s critical");

    [Fact]
    public void It_must_be_well_for_long_enough_and_bad_again_is_the_same_incident()
    {
        AlertTest test = Cpu(clearAfter: 5 * Minute).Given(Critical).Tells(Ops, "opened critical").Given(Ok).After(minutes: 4)
            .Given(Critical).After(minutes: 4).Given(Ok).After(minutes: 4.9).TellsNobody().After(minutes: 0.1)
            .Tells(Ops, "resolved after 13 min");
        Assert.Single(test.AllTold.Select(told => told.Notification.Notices[0].Incident.Id).Distinct());
    }

    [Fact]
    public void Numbers_of_events_count_in_a_row() =>
        Cpu(times: 3, clearTimes: 2).Given(Critical, Critical, Ok, Critical, Critical).TellsNobody().Given(Critical)
            .Tells(Ops, "opened critical").Given(Ok, Critical, Ok).TellsNobody().Given(Ok).Tells(Ops, "resolved");

    [Fact]
    public void An_event_without_a_metric_ends_nothing_that_one_with_a_metric_opened() =>
        Cpu().Given(Critical).Tells(Ops, "opened critical").Given(Of(null)).TellsNobody().Given(Ok).Tells(Ops, "resolved");

    [Fact]
    public void Without_conditions_the_events_say_it_themselves() =>
        Test(Reactor.Where("service", "cpu").Alert().Notify(Pager.Of("ops")))
            .Given(Ok, Ok with { State = "UP" }).TellsNobody()
            .Given(Ok with { State = "Warning" }).Tells(Ops, "opened Warning").Given(Ok).TellsNobody()
            .Given(Ok with { State = "broken" }).Tells(Ops, "worse: broken").Given(Ok with { State = "Resolved" }).Tells(Ops, "resolved");

    [Fact]
    public void Silence_opens_and_the_next_event_ends_it() =>
        Test(Reactor.Where("service", "cpu").Alert(silentFor: Minute, grace: TimeSpan.FromSeconds(5)).Notify(Pager.Of("ops")))
            .Given(Ok).After(seconds: 64).TellsNobody().Given(Ok).After(seconds: 65).Tells(Ops, "opened expired cpu app")
            .Given(Ok with { State = "expired" }).TellsNobody().After(minutes: 2).Given(Ok)
            .Tells(Ops, "resolved after 2 min expired cpu app");

    [Fact]
    public void Who_is_expected_and_never_comes_is_told_of() =>
        Test(Reactor.Where("service", "cpu").Alert(silentFor: Minute, expecting: [("web", "cpu")]).Notify(Pager.Of("ops")))
            .After(minutes: 1).Tells(Ops, "opened expired cpu web");

    [Fact]
    public void One_alert_of_many_hosts_is_one_incident_each_and_of_a_tuple_one_for_all_of_it()
    {
        Test(Reactor.Where("service", "cpu").Alert(critical: e => e.Metric > 95).Notify(Pager.Of("ops")))
            .Given(Critical, Critical with { Host = "web" })
            .Tells((Ops, "opened critical cpu app"), (Ops, "opened critical cpu web"));
    }

    // Of a tuple it knows the values that its events came in with, whatever verbs inside have made of them.
    [Fact]
    public void Inside_By_each_tuple_has_its_incident()
    {
        static Event Rack(string rack) => Critical with { Meta = new Dictionary<string, MetaValue> { ["rack"] = rack } };

        Test(engine => engine.Add(Reactor.Where("service", "cpu")
                .By(Field.Meta("rack"), r => r.With(service: "all").Alert(critical: e => e.Metric > 95))
                .Notify(Pager.Of("ops")), "racks"))
            .Given(Rack("a"), Rack("b") with { Host = "web" }, Rack("a") with { Host = "web" })
            .Tells((Ops, "opened critical racks a"), (Ops, "opened critical racks b"))
            .Crash(Saved.Store).Given(Rack("a") with { Metric = 1 }).Tells(Ops, "resolved after 0 s critical racks a");
        Test(engine => engine.Add(Reactor.Where("service", "cpu").Across(r => r.Alert(critical: e => e.Metric > 95))
                .Notify(Pager.Of("ops")), "any"))
            .Given(Critical).Tells(Ops, "opened critical any").Given(Critical with { Host = "web" }).TellsNobody();
    }

    [Fact]
    public void No_data_keeps_an_incident_or_ends_it_or_is_one()
    {
        Cpu().Given(Critical).Tells(Ops, "opened critical").After(days: 30).TellsNobody().After(days: 1).Tells(Ops, "resolved after 31 d");
        Cpu(noData: NoData.Resolves(5 * Minute)).Given(Critical).Tells(Ops, "opened critical").After(minutes: 5)
            .Tells(Ops, "resolved after 5 min");
        Cpu(noData: NoData.Opens(5 * Minute)).Given(Ok).After(minutes: 5).Tells(Ops, "opened no data cpu app")
            .Given(Ok).Tells(Ops, "resolved after 0 s no data");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_data_that_is_heard_as_critical_is_told_as_such_and_as_a_warning_it_stays_the_worst(bool crashes)
    {
        AlertTest test = Cpu(noData: NoData.Opens(5 * Minute)).Given(Of(93)).Tells(Ops, "opened warning").After(minutes: 5)
            .Tells(Ops, "worse: no data");
        if (crashes) test.Crash();
        test.Given(Of(93)).TellsNobody().Given(Critical).Tells(Ops, "worse: critical cpu app").After(minutes: 5).TellsNobody()
            .Given(Critical).TellsNobody().Given(Ok).Tells(Ops, "resolved after 10 min critical");
    }

    [Fact]
    public void A_function_that_throws_loses_the_event_and_changes_nothing() =>
        Test(Reactor.Where("service", "cpu").Alert(critical: e => e.Metric!.Value > 95).Notify(Pager.Of("ops")))
            .Given(Critical).Tells(Ops, "opened critical").Given(Of(null)).TellsNobody().Given(Ok).Tells(Ops, "resolved");

    [Fact]
    public void What_can_never_end_or_has_no_name_is_refused()
    {
        Assert.Contains("silentFor", Assert.Throws<ArgumentException>(() => Reactor.Expire(Minute).Alert()).Message,
            StringComparison.Ordinal);
        Assert.Contains("on: \"critical\"", Assert.Throws<ArgumentException>(() => Reactor.Where("state", "critical").Alert()).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Reactor.Where("service", "a").Alert(clear: e => true));
        Assert.Contains("name", Assert.Throws<ArgumentException>(() => new Engine().Add(Reactor.Where("service", "a").Alert())).Message,
            StringComparison.Ordinal);
    }
}

public sealed class AlertLevelOneByOneTests() : AlertLevelStories(1, false);

public sealed class AlertLevelInBlocksTests() : AlertLevelStories(1, true);

public sealed class AlertLevelOnLanesTests() : AlertLevelStories(8, false);

public sealed class AlertLevelOnLanesInBlocksTests() : AlertLevelStories(8, true);
