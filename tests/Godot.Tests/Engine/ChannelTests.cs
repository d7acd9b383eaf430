using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>By which ways people are told, and whether those work.</summary>
public sealed class ChannelTests : IDisposable
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static CancellationToken Ever => TestContext.Current.CancellationToken;

    readonly FakeTimeProvider clock = new();
    readonly LogLines log = new();

    public void Dispose() => log.Dispose();

    // An output that tells somebody of a name.
    sealed record Named(string Who, OutputRecipe Output, bool IsProgram = false) : OutputRecipe
    {
        public override string Name => "named";

        public override string ChannelName => $"named:{Who}";

        public override bool TellsPeople => !IsProgram;

        public override TimeSpan Interval => Output.Interval;

        public override TimeSpan SendTimeout => Timeout.InfiniteTimeSpan;

        public override IOutput Open(OutputContext context) => Output.Open(context);
    }

    Engine New() => new(new EngineOptions { TimeProvider = clock, LoggerFactory = log });

    [Fact]
    public async Task Channels_are_what_policies_tell_and_what_tells_people_and_say_how_they_are()
    {
        RecordingOutput ann = new(TimeSpan.Zero) { Attempt = _ => throw new IOException("No route.") }, bob = new(TimeSpan.Zero);
        await using Engine engine = New();
        engine.Add(Reactor.Where("service", "a").To(new Named("ann", ann)).To(new Named("program", bob, IsProgram: true)));
        engine.Add(Reactor.Where("service", "b").Alert().Notify(Policy.To(new Named("pager", bob, IsProgram: true))
            .Escalate(Hour, Policy.To(new Named("bob", bob)))), "b");
        Assert.Equal(["named:ann", "named:bob", "named:pager"], engine.Channels.Select(channel => channel.Name));

        DateTimeOffset start = clock.GetUtcNow();
        engine.Feed(new Event { Service = "a" });
        await ann.Next();
        engine.Feed(new Event { Service = "b", State = "critical" });
        await bob.Next();
        await bob.Next();
        while (engine.Channels is not [{ LastError: not null }, _, { Sent: 1 }]) await Task.Yield();
        ChannelInfo[] now = [.. engine.Channels];
        Assert.Equal((1, 1, 0, start, "No route."),
            (now[0].Pending, now[0].FailedAttempts, now[0].Sent, now[0].LastFailure, now[0].LastError));
        Assert.Equal((0, 0, 1, start, null), (now[2].Pending, now[2].FailedAttempts, now[2].Sent, now[2].LastSuccess, now[2].LastError));
        Assert.Equal((TimeSpan.Zero, null, null), (now[0].OldestUnsent, now[1].OldestUnsent, now[2].OldestUnsent));
        ann.Attempt = _ => new TaskCompletionSource().Task;
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.FromMinutes(2), engine.Channels[0].OldestUnsent);
        await engine.StopAsync(new CancellationToken(canceled: true));
    }

    [Fact]
    public async Task A_test_goes_at_once_past_what_is_gathered_and_says_that_nothing_is_wrong()
    {
        List<Notification> sent = [];
        RecordingOutput output = new(Hour);
        await using Engine engine = New();
        engine.Add(Reactor.Empty.To(new Named("ann", new Copying(output, sent))), "all");
        engine.Feed(new Event { Service = "first" });
        Assert.Equal((0, "first"), await output.Next());
        engine.Feed(new Event { Service = "gathered" });

        ChannelTest test = await engine.TestAsync("named:ann", by: "bob", Ever);
        Assert.True(test.IsSent);
        Assert.Equal((0, "godot/test"), await output.Next());
        Notification told = sent[^1];
        Assert.Equal((NotificationKind.Test, "TEST", "TEST: sent by bob, nothing is wrong."),
            (told.Kind, told.Events[0].State, told.Events[0].Description));
        Assert.Equal(1, engine.Channels[0].Pending);
        LedgerLine line = Assert.Single(engine.Ledger());
        Assert.Equal(("test sent", "named:ann", "by bob"), (line.What, line.Channel, line.Because));
        await engine.StopAsync(Ever);
    }

    [Fact]
    public async Task A_test_that_fails_says_why_is_not_tried_again_and_changes_nothing_for_what_waits()
    {
        RecordingOutput output = new(TimeSpan.Zero) { Attempt = _ => throw new IOException("No route.") };
        await using Engine engine = New();
        engine.Add(Reactor.Empty.To(new Named("ann", output)), "all");
        ChannelTest test = await engine.TestAsync("named:ann", by: "bob", Ever);
        Assert.Equal("No route.", test.Failure);
        Assert.Equal("by bob: No route.", Assert.Single(engine.Ledger(new LedgerQuery { What = "test not sent" })).Because);
        clock.Advance(Hour);
        Assert.Equal((1, 0), (output.Attempts, engine.Channels[0].Pending));
        await engine.StopAsync(Ever);
    }

    [Fact]
    public async Task A_test_goes_although_the_next_retry_is_far_off()
    {
        RecordingOutput output = new(TimeSpan.Zero)
        {
            Attempt = _ => throw new RetryLaterException(Hour, "Too many."),
        };
        await using Engine engine = New();
        engine.Add(Reactor.Empty.To(new Named("ann", output)), "all");
        engine.Feed(new Event { Service = "a" });
        await output.Next();
        while (engine.Channels[0].FailedAttempts == 0) await Task.Yield();
        output.Attempt = _ => Task.CompletedTask;
        Assert.True((await engine.TestAsync("named:ann", by: "bob", Ever)).IsSent);
        Assert.Equal(1, engine.Channels[0].Pending);
        await engine.StopAsync(Ever);
    }

    [Fact]
    public async Task Who_hangs_is_left_after_a_minute_and_the_stop_leaves_nobody_waiting()
    {
        RecordingOutput output = new(TimeSpan.Zero) { Attempt = _ => new TaskCompletionSource().Task };
        await using Engine engine = New();
        engine.Add(Reactor.Empty.To(new Named("ann", output)), "all");
        Task<ChannelTest> first = engine.TestAsync("named:ann", by: "bob", Ever);
        await output.Next();
        Task<ChannelTest> second = engine.TestAsync("named:ann", by: "bob", Ever);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("It was not sent within 00:01:00, and may arrive later.", (await first).Failure);
        Assert.False((await second).IsSent);
        Task<ChannelTest> third = engine.TestAsync("named:ann", by: "bob", Ever);
        await engine.StopAsync(new CancellationToken(canceled: true));
        Assert.Equal("The output is being closed.", (await third).Failure);
        Assert.Equal(1, output.Attempts);
    }

    [Fact]
    public async Task What_is_no_channel_is_refused_with_those_that_are()
    {
        await using Engine engine = New();
        engine.Add(Reactor.Where("service", "b").Alert().Notify(Policy.To(new Named("ann", new RecordingOutput(default)))
            .Escalate(Hour, Policy.To(new Named("program", new RecordingOutput(default), IsProgram: true)))), "b");
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => engine.TestAsync("email:ann", "bob", Ever));
        Assert.StartsWith("There is no channel \"email:ann\"; there are: named:ann, named:program.", refused.Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => engine.TestAsync("named:program", "bob", Ever));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.TestAsync("named:ann", "", Ever));
        await engine.StopAsync(Ever);
    }

    // Another output, and what it was handed.
    sealed record Copying(OutputRecipe Other, List<Notification> Sent) : OutputRecipe
    {
        public override string Name => Other.Name;

        public override TimeSpan Interval => Other.Interval;

        public override IOutput Open(OutputContext context) => new Copy(Other.Open(context), Sent);

        sealed class Copy(IOutput other, List<Notification> sent) : IOutput
        {
            public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
            {
                sent.AddRange(notifications);
                return other.SendAsync(notifications, cancellationToken);
            }
        }
    }
}
