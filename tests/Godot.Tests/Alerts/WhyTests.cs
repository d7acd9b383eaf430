using System.Globalization;

namespace Godot.Tests;

/// <summary>Why somebody was told, and why not.</summary>
public sealed class WhyTests
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Hour = TimeSpan.FromHours(1);

    static readonly Event Ok = new() { Host = "app", Service = "cpu", Metric = 50 }, Bad = Ok with { Metric = 97 };

    static AlertTest Cpu(Policy policy, TimeSpan after = default) => Alerts.Test(engine => engine.Add(
        Reactor.Where("service", "cpu").Alert(critical: e => e.Metric > 90, after: after).Notify(policy), "cpu"));

    static string? Because(AlertTest test) => test.Why("app", "cpu").NobodyTold;

    [Fact]
    public void All_of_it_in_a_few_lines()
    {
        AlertTest test = Alerts.Test(engine =>
        {
            engine.Add(Reactor.Where("service", "cpu").MovingAverage(2).Alert(critical: e => e.Metric > 90, after: 5 * Minute)
                .Notify(Pager.Of("ops").Repeat(every: Hour)), "cpu");
            engine.Add(Reactor.Where("service", "*/heartbeat").Alert(silentFor: Minute).Notify(Pager.Of("ops")), "heartbeats");
            engine.Add(Reactor.Where("host", "app").Where("state", "critical").Throttle(1, 5 * Minute).Console(), "said");
        }).Given(Bad, Bad with { State = "critical" }).After(seconds: 47);

        Assert.Equal("""
            cpu on app, 2025-01-01 00:00:47 UTC
              reaches cpu
                where          lets it through
                movingaverage  97 over 2 of 2 metrics
                alert          critical for 47 s of 5 min
                notify         Notify(Policy.To(output).Repeat(60m))
              reaches said
                where     lets it through
                where.2   2 events came to it, of all keys
                throttle  passed 1 of 1, again in 4 min 13 s
                console   1 event came to it, of all keys
              does not reach heartbeats: where stops it, Where("service", "*/heartbeat")
              next: 2025-01-01 00:05:00 UTC, cpu: alert
              nobody was told: cpu: critical for 47 s of 5 min

            """, test.Why("app", "cpu").ToString());

        test.After(minutes: 30);
        string id = test.Incidents[0].Id;
        Assert.Equal($"""
              open for 25 min 47 s: critical cpu app, {id}
                2025-01-01 00:05:00 opened critical cpu app
                2025-01-01 00:05:00 told: opened critical cpu app -> pager:ops
              next: 2025-01-01 01:05:00 UTC, cpu: told again

            """, test.Why("app", "cpu").ToString()[test.Why("app", "cpu").ToString().IndexOf("  open for", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void The_one_reason_why_nobody_was_told()
    {
        Assert.Equal("cpu: well", Because(Cpu(Pager.Of("ops")).Given(Ok)));
        Assert.Null(Because(Cpu(Pager.Of("ops")).Given(Bad)));
        Assert.Equal("cpu: no event of it has come", Because(Cpu(Pager.Of("ops"))));
        Assert.Equal("no reactor lets it through", Cpu(Pager.Of("ops")).Given(Bad).Why("app", "memory").NobodyTold);
        Assert.Equal("cpu: it waits for others of its group until 00:01:00 UTC",
            Because(Cpu(Pager.Of("ops").Group("host", wait: Minute)).Given(Bad)));
        Assert.Equal("cpu: acknowledged by ann",
            Because(Cpu(Pager.Of("ops").Group("host", wait: Minute)).Given(Bad).Acknowledge("cpu", by: "ann")));
        Assert.Equal("cpu: silenced by ann until 2025-01-01 01:00 UTC",
            Because(Cpu(Pager.Of("ops")).Silence("host = \"app\"", by: "ann", hours: 1).Given(Bad)));
        Assert.Equal("cpu: muted by Window.Weekly(\"daily 00:00-02:00\", \"UTC\")",
            Because(Cpu(Pager.Of("ops").Mute(Window.Weekly("daily 00:00-02:00"))).Given(Bad)));
        Assert.Equal("cpu: over before anybody was told",
            Because(Cpu(Pager.Of("ops").Group("host", wait: Minute)).Given(Bad, Ok).After(minutes: 5)));
        Assert.Equal("cpu: none of its policies is told of critical", Because(Alerts.Test(engine => engine.Add(
            Reactor.Empty.Alert(critical: e => e.Metric > 90).Notify(Pager.Of("ops"), on: "warning"), "cpu")).Given(Bad)));
        Assert.Equal("cpu: its alert tells nobody: no output or policy stands behind it", Because(Alerts.Test(engine => engine.Add(
            Reactor.Empty.Alert(critical: e => e.Metric > 90), "cpu")).Given(Bad)));
    }

    [Fact]
    public void An_alert_that_may_be_hushed_waits_and_one_that_is_says_by_whom()
    {
        AlertTest test = Alerts.Test(engine =>
        {
            engine.Add(Reactor.Where("service", "db").Alert(critical: e => e.Metric > 90).Notify(Pager.Of("ops")), "db-down");
            engine.Add(Reactor.Where("service", "cpu").Alert(critical: e => e.Metric > 90).Notify(Pager.Of("ops")), "app-cpu");
            engine.Inhibit("app-*", when: "db-down", equal: "host");
        }).Given(Bad);
        Assert.Equal("app-cpu: it waits for what may hush it", Because(test));
        Assert.Equal("app-cpu: hushed by db-down", Because(test.Given(Bad with { Service = "db" })));
    }

    [Fact]
    public void How_often_a_bad_level_ended_too_soon_is_counted_and_is_no_line_of_the_ledger()
    {
        AlertTest test = Cpu(Pager.Of("ops"), after: 5 * Minute);
        for (int i = 0; i < 3; i++) test.Given(Bad).After(minutes: 4).Given(Ok).After(minutes: 1);
        Assert.Equal("cpu: well; below after: 3 times, last 00:14", Because(test));
        Assert.Empty(test.Ledger);
        Assert.Equal("cpu: critical for 2 min of 5 min; below after: 3 times, last 2025-01-01 00:14",
            Because(test.After(days: 1).Given(Bad).After(minutes: 2)));
    }

    [Fact]
    public void An_alert_says_what_it_waits_for()
    {
        AlertTest test = Alerts.Test(engine => engine.Add(Reactor.Empty.Alert(critical: e => e.Metric > 95, warning: e => e.Metric > 90,
            clearAfter: Minute, times: 2, clearTimes: 3).Notify(Pager.Of("ops")), "cpu"));
        Assert.Equal("warning for 1 of 2 times", Holds(test.Given(Bad with { Metric = 92 }), "alert"));
        Assert.Equal("open: warning; critical for 1 of 2 times", Holds(test.Given(Bad), "alert"));
        Assert.Equal("open: critical", Holds(test.Given(Bad), "alert"));
        Assert.Equal("open: critical, well for 30 s of 1 min and 1 of 3 times", Holds(test.Given(Ok).After(seconds: 30), "alert"));

        AlertTest silent = Alerts.Test(engine =>
            engine.Add(Reactor.Empty.Alert(silentFor: Minute, expecting: [("web", "cpu")]).Notify(Pager.Of("ops")), "alive")).Given(Ok)
            .After(seconds: 12);
        Assert.Equal("heard 12 s ago, opens in 48 s", Holds(silent, "alert"));
        Assert.Equal("never heard, opens in 48 s", silent.Why("web", "cpu").Reactors[0].Steps[0].Holds);
    }

    [Fact]
    public void Each_verb_says_what_it_holds()
    {
        Assert.Equal("heard 12 s ago, expires in 48 s", Held(r => r.Expire(Minute), 12, Ok));
        Assert.Equal("not watched until it is heard", Held(r => r.Expire(Minute), 61, Ok));
        Assert.Equal("holds for 47 s of 5 min", Held(r => r.For(5 * Minute, e => e.Metric > 90), 47, Bad));
        Assert.Equal("has held for 5 min: passes", Held(r => r.For(5 * Minute, e => e.Metric > 90), 301, Bad));
        Assert.Equal("does not hold", Held(r => r.For(5 * Minute, e => e.Metric > 90), 47, Ok));
        Assert.Equal("passed 1 of 1, again in 3 min", Held(r => r.Throttle(1, 5 * Minute), 120, Ok));
        Assert.Equal("passed 1 of 2, anew in 3 min", Held(r => r.Throttle(2, 5 * Minute), 120, Ok));
        Assert.Equal("passed 0 of 1", Held(r => r.Throttle(1, 5 * Minute), 300, Ok));
        Assert.Equal("passed 1 of 1, again in 3 min", Held(r => r.Limit(1, 5 * Minute), 120, Ok));
        Assert.Equal("passes until the metric is under 80", Held(r => r.Hysteresis(over: 90, until: 80), 0, Bad));
        Assert.Equal("drops until the metric is under 10", Held(r => r.Hysteresis(under: 10, until: 20), 0, Ok));
        Assert.Equal("73.5 over 2 of 10 metrics", Held(r => r.MovingAverage(10), 0, Ok, Bad));
        Assert.Equal("73.5 at the last metric", Held(r => r.MovingAverage(Minute), 0, Ok, Bad));
        Assert.Equal("73.5 over 2 metrics", Held(r => r.Mean(), 0, Ok, Bad));
        Assert.Equal("73.5, 2 of 3 metrics that it waits for", Held(r => r.Ewma(0.5, atLeast: 3), 0, Ok, Bad));
        Assert.Equal("73.5 at the last metric", Held(r => r.Ewma(Minute), 0, Ok, Bad));
        Assert.Equal("97 over 2 of 10 metrics", Held(r => r.MovingMaximum(10), 0, Ok, Bad));
        Assert.Equal("2 of 3 metrics", Held(r => r.WeightedAverage(1, 2, 3), 0, Ok, Bad));
        Assert.Equal("out in 40 s", Held(r => r.Mean(Minute), 20, Ok));
        Assert.Equal("2 events, out in 40 s", Held(r => r.TimeWindow(Minute).Mean(), 20, Ok, Bad));
        Assert.Equal("2 events, out in 40 s", Held(r => r.TimeWindow(Minute, offset: TimeSpan.Zero).Mean(), 20, Ok, Bad));
        Assert.Equal("2 events, out in 45 s", Held(r => r.TimeWindow(Minute, lateness: Minute / 12).Mean(), 20, Ok, Bad));
        Assert.Equal("2 events, out in 40 s", Held(r => r.Batch(10, Minute).Mean(), 20, Ok, Bad));
        Assert.Equal("2 events, out in 40 s", Held(r => r.Rollup(Minute).Mean(), 20, Ok, Bad));
        Assert.Equal("1 event", Held(r => r.EventWindow(10).Mean(), 20, Ok));
        Assert.Equal("147, anew in 40 s", Held(r => r.WindowSum(Minute), 20, Ok, Bad));
        Assert.Null(Held(r => r.Change("state"), 0, Ok));
    }

    [Fact]
    public void Where_scopes_are_others_the_key_is_found_or_it_is_said_that_it_is_not_known()
    {
        Assert.Equal("passed 1 of 1, again in 1 min", Held(r => r.By("host", h => h.Throttle(1, Minute)), 0, Ok));
        Assert.Equal("its keys are by Field.Meta(\"region\"): host and service do not say which",
            Held(r => r.By(Field.Meta("region"), h => h.Throttle(1, Minute)), 0, Ok));
        Assert.Equal("no event of it has come", Held(r => r.Over(60).By("host", h => h.Throttle(1, Minute)), 0, Ok));
    }

    [Fact]
    public void A_stage_of_a_users_own_takes_part()
    {
        Assert.Equal("saw 2", Held(r => r.Then(() => new Seen()), 0, Ok, Bad));
        Assert.Equal("cannot say what it holds: It is a secret.", Held(r => r.Then(() => new Secretive()), 0, Ok));
    }

    [Fact]
    public void What_follows_a_topic_is_reached_through_who_publishes_it()
    {
        AlertTest test = Alerts.Test(engine =>
        {
            engine.Add(Reactor.Subscribe("bad").Alert(critical: e => e.Metric > 90).Notify(Pager.Of("ops")), "told");
            engine.Add(Reactor.Where("service", "cpu").Publish("bad"), "cpu");
        }).Given(Bad);
        Assert.Equal(["told", "cpu"], test.Why("app", "cpu").Reactors.Select(reactor => reactor.Name));
        Assert.Single(test.Why("app", "cpu").Incidents);
        Assert.Equal("subscribe", test.Why("app", "memory").Others[0].StoppedBy!.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void It_is_the_same_on_any_number_of_lanes(int lanes)
    {
        AlertTest test = Alerts.Test(engine => engine.Add(Reactor.Where("service", "cpu")
            .By("service", r => r.Mean().Alert(critical: e => e.Metric > 70)).Notify(Pager.Of("ops")), "cpu"),
            new EngineOptions { Lanes = lanes });
        for (int i = 0; i < 20; i++) test.Given(Bad with { Host = $"app{i.ToString(CultureInfo.InvariantCulture)}" });
        Explanation why = test.Why("app3", "cpu");
        Assert.Equal(["lets it through", "97 over 20 metrics", "open: critical", null], why.Reactors[0].Steps.Select(step => step.Holds));
        Assert.Equal("cpu cpu", why.Incidents.Single().Incident.Name);
    }

    [Fact]
    public void A_stage_must_not_ask()
    {
        Engine engine = new();
        List<Exception> thrown = [];
        engine.Add(Reactor.Where(e =>
        {
            thrown.Add(Record.Exception(() => engine.Why("app", "cpu"))!);
            return true;
        }), "asks");
        engine.Feed(Ok);
        Assert.IsType<InvalidOperationException>(Assert.Single(thrown));
    }

    static string? Holds(AlertTest test, string step) =>
        test.Why("app", "cpu").Reactors[0].Steps.First(one => one.Id == step).Holds;

    // Of the last verb that is none of a batch.
    static string? Held(Func<Reactor, Recipe> verb, double after, params Event[] events)
    {
        AlertTest test = Alerts.Test(engine => engine.Add(verb(Reactor.Empty), "r")).Given(events).After(seconds: after);
        return test.Why("app", "cpu").Reactors[0].Steps.Where(step => step.Holds is not null).Select(step => step.Holds).FirstOrDefault();
    }

    sealed class Seen : Stage
    {
        int seen;

        public override void On(EventView e) => seen++;

        protected override string Describe() => $"saw {seen.ToString(CultureInfo.InvariantCulture)}";
    }

    sealed class Secretive : Stage<int>
    {
        protected override void On(EventView e, ref int state) => state++;

        protected override string? Describe(ref readonly int state) => throw new NotSupportedException("It is a secret.");
    }
}
