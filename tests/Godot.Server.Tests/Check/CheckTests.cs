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
