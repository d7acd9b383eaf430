namespace Godot.Tests;

/// <summary>What a silence holds back besides incidents, and who hears that it ended.</summary>
public abstract class SilenceStories(int lanes, bool together) : AlertStories(lanes, together)
{
    static readonly Event Ok = new() { Host = "app", Service = "cpu", State = "ok" }, Bad = Ok with { State = "critical" };

    static LedgerLine[] NotTold(AlertTest test) => [.. test.Ledger.Where(line => line.What == "not told")];

    [Fact]
    public void Events_of_plain_outputs_are_left_out_and_the_ledger_counts_them_once_a_minute()
    {
        AlertTest test = Test(engine =>
        {
            engine.Add(Reactor.Where("service", "cpu").To(new Pager("ops")), "plain");
            engine.Add(Reactor.Where("service", "cpu").To(new Pager("ops")), "other");
        }).Silence("host = \"app\" and reactor = \"plain\"", by: "ann", hours: 1);
        test.Given(Bad, Bad, On("web", Bad)).After(seconds: 59);
        Assert.Empty(NotTold(test));
        test.After(seconds: 1);
        LedgerLine line = Assert.Single(NotTold(test));
        Assert.Equal("2025-01-01 00:01:00 not told plain (2 events left out: silenced by ann until 2025-01-01 01:00 UTC)", line.ToString());
        Assert.Equal("plain", line.Reactor);
        // Nothing came: nothing is said.
        test.After(minutes: 10).Given(Bad);
        Assert.Single(NotTold(test));
        // What was not said yet is, before the end.
        test.After(minutes: 48.5).Given(Bad, Bad).After(seconds: 30);
        Assert.Equal(["2 events", "1 event ", "2 events"], NotTold(test).Select(one => one.Because![..8]));
        Assert.Equal("silence ended", test.Ledger[^1].What);
        test.Given(Bad).After(hours: 1);
        Assert.Equal(3, NotTold(test).Length);
    }

    [Fact]
    public void Who_made_a_silence_hears_that_it_ended_and_how_many_still_burn()
    {
        AlertTest test = Test(engine =>
        {
            engine.Add(Reactor.Where("service", "cpu").Alert().Notify(Pager.Of("ops")), "cpu");
            engine.Add(Reactor.Where("service", "godot/silence-ended").Alert(critical: e => e.Metric > 0)
                .Notify(Pager.Of("team")), "ended");
        });
        test.Silence("host = \"app\"", by: "ann", hours: 1, command: "1").Given(Bad).After(hours: 1)
            .Tells((Ops, "opened critical cpu app"), (Team, "opened critical godot/silence-ended"));
        Event said = test.AllTold[^1].Notification.Events[0];
        Assert.Equal("Silence ended: host = \"app\", by ann: its time is over; 1 of its incidents are open.", said.Description);
        Assert.Equal("ann", said.Meta["by"].Text);
        Assert.Equal("warning", said.State);
        test.Silence("host = \"web\"", by: "ann", hours: 1, command: "2").EndSilence("2", by: "bob")
            .Tells(Team, "resolved after 0 s critical godot/silence-ended");
        Assert.Contains("by ann: by bob; 0 of", test.AllTold[^1].Notification.Events[0].Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silence_that_was_kept_ends_after_a_restart_though_no_reactor_has_an_alert()
    {
        AlertTest test = Test(engine => engine.Add(Reactor.Where("service", "cpu").To(new Pager("ops")), "plain"))
            .Silence("host = \"app\"", by: "ann", hours: 1).Crash().After(hours: 1);
        Assert.Equal("silence ended", test.Ledger[^1].What);
    }
}

public sealed class SilenceOneByOneTests() : SilenceStories(1, false);

public sealed class SilenceInBlocksTests() : SilenceStories(1, true);

public sealed class SilenceOnLanesTests() : SilenceStories(8, false);

public sealed class SilenceOnLanesInBlocksTests() : SilenceStories(8, true);
