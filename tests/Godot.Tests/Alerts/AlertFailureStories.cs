namespace Godot.Tests;

/// <summary>What fails around the desk, such as a store, a query or a user's text, stops no alert.</summary>
public abstract class AlertFailureStories(int lanes, bool together) : AlertStories(lanes, together)
{
    // It takes some milliseconds for each of so many characters.
    const string TooSlow = "description ~= \"a[ab]{900}c\"";

    static readonly Event Ok = new() { Host = "app", Service = "cpu", State = "ok" }, Bad = Ok with { State = "critical" };
    static readonly Event Long = Bad with { Description = new string('a', 60_000) };

    readonly FailingStore store = new();

    AlertTest Cpu(Policy policy) => Test(engine => engine.Add(Reactor.Where("service", "cpu").Alert().Notify(policy), "cpu"));

    AlertTest OnStore(Policy policy) =>
        Alerts.Test(engine => engine.Add(Reactor.Where("service", "cpu").Alert().Notify(policy), "cpu"),
            new EngineOptions { Lanes = Lanes, Store = store }).InBlocks(Together);

    [Fact]
    public void A_silence_that_cannot_be_asked_holds_nothing_back_and_the_ledger_says_so_once()
    {
        AlertTest test = Cpu(Pager.Of("ops")).Silence(TooSlow, by: "ann", hours: 1).Silence("host = \"db\"", by: "bob", hours: 1);
        test.Given(Long, On("web", Long), On("db", Bad)).Tells((Ops, "opened critical cpu app"), (Ops, "opened critical cpu web"))
            .After(minutes: 5).Given(Ok).Tells(Ops, "resolved after 5 min critical cpu app");
        LedgerLine line = Assert.Single(test.Ledger, line => line.What == "silence not asked");
        Assert.Contains("by ann: The regular expression", line.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_store_does_not_take_is_told_all_the_same_and_kept_later()
    {
        AlertTest test = OnStore(Pager.Of("ops")).Given(Bad).Tells(Ops, "opened critical cpu app");
        store.Fails = true;
        test.Given(Ok, On("web", Bad)).Tells((Ops, "resolved"), (Ops, "opened critical cpu web"))
            .Given(Bad).Tells(Ops, "opened critical cpu app");
        Assert.Contains("the disk is full", Assert.Single(test.Ledger, line => line.What == "store failed").Because,
            StringComparison.Ordinal);
        test.After(seconds: 9).Given(Ok).Tells(Ops, "resolved");
        store.Fails = false;
        test.After(seconds: 1);
        Assert.Single(test.Ledger, line => line.What == "store takes again");
        test.Crash().After(minutes: 1).TellsNobody().Given(Ok, Bad, On("web", Ok))
            .Tells((Ops, "opened critical cpu app"), (Ops, "resolved after 1 min 10 s critical cpu web"));
        Assert.Equal([1, 1, 1, 2, 2, 3, 1], test.AllTold.Select(told => told.Notification.Notices[0].Incident.Episode));
        // No line is missing, and none is there twice.
        Assert.Equal(4, test.Ledger.Count(line => line.What == "opened critical"));
    }

    [Fact]
    public void A_store_that_fails_is_asked_every_ten_seconds_not_by_every_turn()
    {
        AlertTest test = OnStore(Pager.Of("ops"));
        store.Fails = true;
        for (int i = 0; i < 50; i++) test.Given(Bad, Ok);
        Assert.InRange(store.Attempts, 1, 2);
        test.After(minutes: 1);
        Assert.InRange(store.Attempts, 7, 8);
    }

    [Fact]
    public void What_waits_for_the_store_is_bounded_and_what_was_lost_is_said()
    {
        const int Many = 60_000;
        AlertTest test = Alerts.Test(engine => engine.Add(Reactor.Where("service", "cpu").Alert(), "cpu"),
            new EngineOptions { Lanes = Lanes, Store = store });
        store.Fails = true;
        foreach (string state in (string[])["critical", "ok"])
            test.GivenTogether([.. Enumerable.Range(0, Many).Select(i => On($"h{i}", Ok with { State = state }))]);
        Assert.Equal(100_000, test.Ledger.Count);
        store.Fails = false;
        test.After(seconds: 10);
        Assert.Equal($"{2 * Many + 1 - 100_000} lines of the ledger had no room and are lost", test.Ledger[^1].Because);
    }

    [Fact]
    public void Incidents_that_the_store_cannot_count_have_ids_of_their_own_and_the_count_goes_on_after_that()
    {
        AlertTest test = OnStore(Pager.Of("ops")).Given(Bad, Ok);
        store.IsDumb = true;
        test.After(minutes: 1).Given(Bad, Ok, Bad, Ok);
        store.IsDumb = false;
        test.After(minutes: 1).Given(Bad);
        Incident[] opened = [.. test.AllTold.Select(told => told.Notification.Notices[0])
            .Where(notice => notice.Transition == Transition.Opened).Select(notice => notice.Incident)];
        Assert.Equal([1, 0, 0, 2], opened.Select(incident => incident.Episode));
        Assert.Equal(4, opened.Select(incident => incident.Id).Distinct().Count());
    }

    [Fact]
    public void A_text_that_commands_the_engine_is_refused_and_ours_is_sent()
    {
        AlertTest test = null!;
        test = Test(Reactor.Where("service", "cpu").Alert(text: _ =>
        {
            test.Resolve("test", by: "ann");
            return "";
        }).Notify(Pager.Of("ops")));
        test.Given(Bad).Tells(Ops, "opened critical cpu app");
        Assert.Contains("must not tell the engine anything", Assert.Single(test.Ledger, line => line.What == "text failed").Because,
            StringComparison.Ordinal);
    }
}

public sealed class AlertFailureOneByOneTests() : AlertFailureStories(1, false);

public sealed class AlertFailureInBlocksTests() : AlertFailureStories(1, true);

public sealed class AlertFailureOnLanesTests() : AlertFailureStories(8, false);

public sealed class AlertFailureOnLanesInBlocksTests() : AlertFailureStories(8, true);
