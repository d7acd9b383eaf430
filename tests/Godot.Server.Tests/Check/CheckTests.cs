using Godot.Common;

namespace Godot;

public sealed class CheckTests
{
    [Fact]
    public async Task Says_of_each_reactor_what_its_outputs_would_say()
    {
        Assert.Equal((0, """
            cpu
              steps: where, email
              email: cpu on host.example.com is at 90 %
            critical (name derived from its first filter)
              steps: where, console
              console: 2026-01-01 00:00:00.000Z critical service host.example.com 90 Made up. #made-up
            2 reactors, nothing wrong.

            """), await Check(GodotServer.Tcp(0)
            .React("cpu", Reactor.Where("service", "cpu").Email(to: "ops@host.com", subject: "{service} on {host} is at {metric} %"))
            .React(Reactor.Where("state", "critical").Console())));
    }

    [Fact]
    public async Task Of_an_alert_it_says_how_everybody_hears_of_an_incident()
    {
        Policy pager = Policy.Email("ops@host.com", subject: "{severity} {name} ({label.team})").Escalate(TimeSpan.FromMinutes(1),
            Policy.Sms("+15550100"));
        (int code, string output) = await Check(GodotServer.Tcp(0)
            .React("cpu", Reactor.Where("service", "cpu").Alert(labels: [("team", "web")]).Notify(pager).Console())
            .React("text", Reactor.Alert(text: _ => throw new FormatException("odd")).Console()));
        Assert.Equal(1, code);
        Assert.Contains("email: critical cpu host.example.com (web)\n", output, StringComparison.Ordinal);
        Assert.Contains("sms: opened critical cpu host.example.com: 90 Made up.\n", output, StringComparison.Ordinal);
        Assert.Contains("console: 2026-01-01 00:00:00.000Z opened critical cpu host.example.com: 90 Made up.\n", output,
            StringComparison.Ordinal);
        Assert.Contains("wrong: Console() cannot tell of a firing, a resolved, an empty event: FormatException: odd", output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_what_is_wrong_and_exits_with_1()
    {
        (int code, string output) = await Check(GodotServer.Tcp(0)
            .React("cpu", Reactor.Over(50).Around(Reactor.Under(20).Console()))
            .React("cpu", Reactor.Where("service", "cpu"))
            .React("meta", Reactor.By("host", r => r.Rollup(TimeSpan.FromMinutes(1)).Console(e => e.State!.Length + e.Host)))
            .React("made", Reactor.Over(1).Then(() => throw new InvalidOperationException("It cannot be made."))));

        Assert.Equal(1, code);
        Assert.Equal("""
            cpu
              steps: over, around, around/way/under, around/way/console
              console: 2026-01-01 00:00:00.000Z critical service host.example.com 90 Made up. #made-up
              wrong: Under(20) passes nothing that Over(50) let through.
            cpu
              steps: where
              wrong: There is a reactor "cpu" already: names are unique.
            meta
              steps: by/rollup, by/console
              console: 8host.example.com
              wrong: Console(e => e.State!.Length + e.Host) cannot tell of an empty event: NullReferenceException: Object reference not set to an instance of an object.
            made
              steps: over, then
              wrong: It cannot be made.
            4 reactors, 4 problems.

            """, output);
    }

    [Fact]
    public async Task Warns_of_topics_that_only_one_side_knows_and_of_a_ttl_of_zero()
    {
        Assert.Equal((0, """
            told (name derived from its first filter)
              steps: where, over
            errors (name derived from its first filter)
              steps: where, publish
              warning: Publish("errors") reaches no reactor, only who follows the topic from outside: none subscribes to it; "alrts" is the nearest that there is.
            alrts (name derived from its first filter)
              steps: subscribe
              warning: Subscribe("alrts") is handed nothing: no reactor publishes that topic; "alerts" is the nearest that there is.
            told-2
              steps: around, around/way/over, around/way/publish, with
              warning: Publish("alerts") reaches no reactor, only who follows the topic from outside: none subscribes to it; "alrts" is the nearest that there is.
              warning: With(ttl: 0ms): a ttl of 0 is over as soon as the event arrives: Expire() calls its series expired at once; leave ttl out if it is not to be watched.
            4 reactors, nothing wrong, 4 warnings.

            """), await Check(GodotServer.Tcp(0)
            .React(Reactor.Where("service", "told").Over(1))
            .React(Reactor.Where("service", "errors").Publish("errors"))
            .React(Reactor.Subscribe("alrts"))
            .React("told-2", Reactor.Around(Reactor.Over(1).Publish("alerts")).With(ttl: TimeSpan.Zero))));
    }

    [Fact]
    public async Task Names_alerts_that_never_open_never_end_or_tell_nobody()
    {
        Policy ops = Policy.To(new Tried("here"));
        (int code, string output) = await Check(GodotServer.Tcp(0)
            .React("open", Reactor.Where("state", "ok").By("host", r => r.Alert()).Notify(ops))
            .React("heard", Reactor.Where("state", "expired").Alert(silentFor: TimeSpan.FromMinutes(1)).Notify(ops))
            .React("end", Reactor.Over(50).Alert(critical: e => e.Metric > 90).Notify(ops))
            .React("held", Reactor.For(TimeSpan.FromMinutes(1), "state", "bad").Alert(critical: e => e.Metric > 90).Notify(ops))
            .React("cleared", Reactor.Over(50).Alert(critical: e => e.Metric > 90, clear: e => e.Metric < 80).Notify(ops))
            .React("quiet", Reactor.Over(50).Alert(critical: e => e.Metric > 90, noData: NoData.Resolves(TimeSpan.FromHours(1)))
                .Notify(ops))
            .React("alone", Reactor.Alert())
            .React("misspelt", Reactor.Alert(critical: e => e.Metric > 90).Notify(ops, on: "critcal"))
            .React("muted", Reactor.Alert().Notify(ops.Mute(Window.Weekly("Mon-Thu 00:00-24:00")).Mute(Window.Weekly("Thu-Sun 12:00-12:00"))
                .Mute(Window.Weekly("Fri-Sun 00:00-24:00"))))
            .React("nights", Reactor.Alert().Notify(ops.Mute(Window.Weekly("daily 20:00-08:00")))));

        Assert.Equal(1, code);
        Assert.Equal("""
            wrong: Alert() never opens: Where("state", "ok") lets nothing through but "ok", which is well.
            wrong: Alert(silentFor: 60s) never opens: Where("state", "expired") lets nothing through but "expired", which is not a sign of life.
            warning: Alert(critical: e => e.Metric > 90) may never end: Over(50) keeps from it the events that say that it is well. Leave that out, and say it in the alert's conditions.
            warning: Alert(critical: e => e.Metric > 90) may never end: For(60s, "state", "bad") keeps from it the events that say that it is well. Leave that out, and say it in the alert's conditions.
            warning: Alert() tells nobody: write an output behind it, such as .Email(…), or .Notify(policy).
            wrong: Notify(Policy.To(output), on: "critcal") tells nobody: Alert(critical: e => e.Metric > 90) never says critcal.
            wrong: Policy.To(output).Mute(Window.Weekly("Mon-Thu 00:00-24:00", "UTC")).Mute(Window.Weekly("Thu-Sun 12:00-12:00", "UTC")).Mute(Window.Weekly("Fri-Sun 00:00-24:00", "UTC")) tells nobody: its windows leave no time of the week.
            10 reactors, 4 problems, 3 warnings.
            """, Said(output));
    }

    [Fact]
    public async Task Names_inhibitions_that_match_no_alert_or_would_hush_in_a_circle()
    {
        (int code, string output) = await Check(GodotServer.Tcp(0)
            .React("db-down", Reactor.Where("service", "db").Alert().Console())
            .React("app", Reactor.Where("service", "app").Alert().Console())
            .React("plain", Reactor.Where("service", "app").Console())
            .Inhibit("app", when: "db-down", equal: "host")
            .Inhibit("plain", when: "db-dwn", equal: "host")
            .Inhibit("a*", when: "app", equal: "host")
            .Inhibit("db-*", when: "app", equal: "host"));

        Assert.Equal(1, code);
        Assert.Equal("""
            Inhibit("app", when: "db-down", equal: ["host"])
            Inhibit("plain", when: "db-dwn", equal: ["host"])
              warning: No reactor with an alert is called "plain"; "app" is the nearest that there is.
              warning: No reactor with an alert is called "db-dwn"; "db-down" is the nearest that there is.
            Inhibit("a*", when: "app", equal: ["host"])
              warning: It hushes nothing: both names mean app alone, and a reactor never hushes itself.
            Inhibit("db-*", when: "app", equal: ["host"])
              wrong: Alerts would hush each other in a circle: db-down hushes app hushes db-down. Take one of the inhibitions out.
            3 reactors, 1 problem, 3 warnings.

            """, output[output.IndexOf("Inhibit", StringComparison.Ordinal)..]);
    }

    // What it says against the reactors, and the sum.
    static string Said(string output) => string.Join('\n', output.Split('\n').Select(line => line.Trim())
        .Where(line => line.StartsWith("wrong:", StringComparison.Ordinal) || line.StartsWith("warning:", StringComparison.Ordinal)
            || line.EndsWith("warnings.", StringComparison.Ordinal)));

    [Fact]
    public async Task Previews_and_tries_the_outputs_of_policies()
    {
        Tried.Count = 0;
        (_, string output) = await Check(GodotServer.Tcp(0).React("a", Reactor.Alert()
            .Notify(Policy.To(new Tried("here")).Escalate(TimeSpan.FromMinutes(15), Policy.To(new Tried("there")).Console()))),
            "--connect");

        Assert.Equal("""
            a
              steps: alert, notify
              console: 2026-01-01 00:00:00.000Z opened critical service host.example.com: 90 Made up.
              tried: here answers.
              tried: there answers.
            1 reactor, nothing wrong.

            """, output);
    }

    [Fact]
    public async Task Shows_and_tries_who_is_pinged_and_nothing_of_an_address_but_its_host()
    {
        Tried.Count = 0;
        (int code, string output) = await Check(GodotServer.Tcp(0).DeadMansSwitch(TimeSpan.FromMinutes(1), Policy.To(new Tried(null)))
            .DeadMansSwitch(TimeSpan.FromMinutes(5), $"http://127.0.0.1:{Some.FreePort()}/SECRET"), "--connect");

        Assert.Equal(1, code);
        Assert.Matches("""
            ^dead man's switch: tried every 60s
              wrong: It is not there.
            dead man's switch: ping:http://127.0.0.1:[0-9]+ every 5m
              wrong: http://127.0.0.1:[0-9]+ cannot be reached: Connection refused
            0 reactors, 2 problems.
            $
            """, output);
    }

    [Fact]
    public async Task A_name_that_others_would_have_too_is_derived_from_more()
    {
        (int code, string output) =
            await Check(GodotServer.Tcp(0).React(Reactor.Where("service", "cpu").Over(1)).React(Reactor.Where("service", "cpu").Over(2)));
        Assert.Equal(0, code);
        Assert.Matches(
            @"^(cpu-[0-9a-f]{8} \(name derived from its first filter, which others share, and its text\)\n  steps: where, over\n){2}",
            output);
    }

    [Fact]
    public async Task Connect_tries_each_output_once_and_says_what_it_reached()
    {
        Tried.Count = 0;
        (int code, string output) = await Check(GodotServer.Tcp(0)
            .React("a", Reactor.Over(1).To(new Tried("here")))
            .React("b", Reactor.Over(1).To(new Tried("here")).Around(Reactor.Under(9).To(new Tried(null)).Console())), "--connect");

        Assert.Equal(1, code);
        Assert.Equal("""
            a
              steps: over, to
              tried: here answers.
            b
              steps: over, to, around, around/way/under, around/way/to, around/way/console
              console: 2026-01-01 00:00:00.000Z critical service host.example.com 90 Made up. #made-up
              tried: here answers.
              wrong: It is not there.
            2 reactors, 1 problem.

            """, output);
        Assert.Equal(2, Tried.Count);
    }

    [Fact]
    public async Task Names_the_steps_as_metrics_do()
    {
        Reactor recipe = Reactor.Over(1).By("host", r => r.Over(2).Split(
            Branch.When("state", "critical", c => c.Throttle(1, TimeSpan.FromMinutes(1)).Throttle(2, TimeSpan.FromMinutes(1))),
            Branch.Else(o => o)));
        Engine engine = new(new() { TimeProvider = new VirtualClock(DateTimeOffset.UnixEpoch) });
        engine.Add(recipe, "r");
        (_, string output) = await Check(GodotServer.Tcp(0).React("r", recipe));

        string steps = string.Join(", ", engine.StageCounts().Select(count => count.Stage));
        Assert.Contains($"  steps: {steps}\n", output, StringComparison.Ordinal);
        Assert.Contains("by/split/state-critical/throttle.2\n", output, StringComparison.Ordinal);
    }

    sealed record Tried(string? There) : OutputRecipe
    {
        public static int Count { get; set; }

        public override string Name => "tried";

        public override Task<string?> TryAsync(OutputContext context, CancellationToken cancellationToken)
        {
            Count++;
            return There is null ? throw new IOException("It is not there.") : Task.FromResult<string?>($"{There} answers.");
        }

        public override IOutput Open(OutputContext context) => throw new NotSupportedException();
    }

    static async Task<(int Code, string Output)> Check(GodotServer server, params string[] words)
    {
        using StringWriter output = new(), error = new();
        int code = await ServerCommand.RunAsync(server, ["check", .. words], output, error);
        Assert.Equal("", error.ToString());
        return (code, output.ToString());
    }
}
