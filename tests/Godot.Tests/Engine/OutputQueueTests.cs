using Godot.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

public sealed class OutputQueueTests : IDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly FakeTimeProvider clock = new();
    readonly LogLines log = new();
    static CancellationToken Now => new(canceled: true);
    static CancellationToken Ever => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_goes_out_at_once_and_the_rest_of_the_minute_in_one_message()
    {
        RecordingOutput output = new(Minute);
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        Assert.Equal((0, "a"), await output.Next());
        clock.Advance(TimeSpan.FromSeconds(10));
        Enqueue(queue, "cpu", "b", "c");
        await Pass(seconds: 49);
        Assert.Equal(0, output.Unread);
        await Pass(seconds: 1);
        Assert.Equal((60, "b c"), await output.Next());
        await queue.StopAsync(Ever);
        Assert.Equal((0, 3, 0, 0, 0),
            (queue.Pending, queue.Report.Sent, queue.Report.Failed, queue.Report.Dropped, queue.Report.Abandoned));
    }

    [Fact]
    public async Task A_reactor_that_was_quiet_does_not_wait_for_another()
    {
        RecordingOutput output = new(Minute);
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        await output.Next();
        clock.Advance(TimeSpan.FromSeconds(10));
        Enqueue(queue, "cpu", "b");
        clock.Advance(TimeSpan.FromSeconds(10));
        Enqueue(queue, "disk", "full");
        Assert.Equal((20, "full"), await output.Next());
        await Pass(seconds: 40);
        Assert.Equal((60, "b"), await output.Next());
        await queue.StopAsync(Ever);
    }

    [Fact]
    public async Task Without_an_interval_each_is_a_message()
    {
        RecordingOutput output = new(TimeSpan.Zero);
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a", "b");
        Assert.Equal((0, "a"), await output.Next());
        Assert.Equal((0, "b"), await output.Next());
        await queue.StopAsync(Ever);
    }

    [Fact]
    public async Task An_interval_may_be_longer_than_a_timer_of_the_system()
    {
        RecordingOutput output = new(TimeSpan.FromDays(100));
        OutputQueue queue = new(output, new OutputContext(TimeProvider.System, log, null));
        Assert.True(queue.Enqueue(Some.Notification("cpu", "a")));
        Assert.Equal("a", (await output.Next()).Services);
        Assert.True(queue.Enqueue(Some.Notification("cpu", "b")));
        await queue.StopAsync(Ever);
        Assert.Equal("b", (await output.Next()).Services);
    }

    [Fact]
    public async Task A_failure_is_tried_again_with_what_came_since_in_order()
    {
        RecordingOutput output = new(Minute) { Attempt = _ => throw new IOException("No route.") };
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        Assert.Equal("a", (await output.Next()).Services);
        Enqueue(queue, "cpu", "b");
        Enqueue(queue, "disk", "c");
        string last = "";
        while (output.Attempts < 5) last = await NextWhileTimePasses(output);
        Assert.Equal("a b c", last);
        output.Attempt = _ => Task.CompletedTask;
        Assert.Equal("a b c", await NextWhileTimePasses(output));
        await queue.StopAsync(Ever);
        Assert.Equal((3, 5, 0), (queue.Report.Sent, queue.Report.Failed, queue.Report.Abandoned));
        Assert.StartsWith("Warning: Sending to recording failed and will be tried again", log.Lines.First(), StringComparison.Ordinal);
        Assert.Contains("Information: Sending to recording works again.", log.Lines);
    }

    [Fact]
    public async Task Failures_are_logged_at_most_once_a_minute()
    {
        RecordingOutput output = new(Minute) { Attempt = _ => throw new IOException("No route.") };
        OutputQueue queue = Open(output);
        DateTimeOffset start = clock.GetUtcNow();
        Enqueue(queue, "cpu", "a");
        await output.Next();
        while (output.Attempts < 40) await NextWhileTimePasses(output);
        Assert.InRange(log.Lines.Count, 1, 1 + (int)(clock.GetUtcNow() - start).TotalMinutes);
        await queue.StopAsync(Now);
    }

    [Fact]
    public async Task What_can_never_be_sent_is_abandoned_and_the_next_goes_on()
    {
        RecordingOutput output = new(TimeSpan.Zero);
        output.Attempt = _ => output.Attempts == 1 ? throw new UndeliverableException("No such user.") : Task.CompletedTask;
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a", "b");
        Assert.Equal("a", (await output.Next()).Services);
        Assert.Equal("b", (await output.Next()).Services);
        await queue.StopAsync(Ever);
        Assert.Equal(["a"], output.Abandoned);
        Assert.Equal((1, 1, 1), (queue.Report.Sent, queue.Report.Failed, queue.Report.Abandoned));
        Assert.Equal(["Error: Notifications to recording will not be sent: 1. Saved 1. No such user."], log.Lines);
    }

    [Fact]
    public async Task An_output_that_cancels_itself_has_failed_and_is_tried_again()
    {
        RecordingOutput output = new(Minute);
        output.Attempt = _ => output.Attempts == 1 ? throw new OperationCanceledException() : Task.CompletedTask;
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        await output.Next();
        Assert.Equal("a", await NextWhileTimePasses(output));
        await queue.StopAsync(Ever);
        Assert.Equal((1, 1), (queue.Report.Sent, queue.Report.Failed));
    }

    [Fact]
    public async Task A_full_queue_drops_the_new_one_counts_it_and_warns_once_a_minute()
    {
        TaskCompletionSource open = new();
        RecordingOutput output = new(Minute) { Room = 2, Attempt = _ => open.Task };
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a", "b");
        await output.Next();
        Assert.False(queue.Enqueue(Some.Notification("cpu", "c")));
        Assert.False(queue.Enqueue(Some.Notification("cpu", "d")));
        Assert.Equal((2, 2), (queue.Pending, queue.Report.Dropped));
        open.SetResult();
        await queue.StopAsync(Ever);
        Assert.Equal("b", (await output.Next()).Services);
        Assert.Equal(["Warning: Notifications to recording were dropped: 2, because 2 wait already."], log.Lines);
    }

    [Fact]
    public async Task Drops_are_told_of_at_once_and_once_a_minute_while_the_output_hangs()
    {
        TaskCompletionSource open = new();
        RecordingOutput output = new(Minute) { Room = 1, Attempt = _ => open.Task };
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        await output.Next();
        for (int second = 0; second < 150; second++)
        {
            Assert.False(queue.Enqueue(Some.Notification("cpu", "b")));
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal((string[])[Dropped(1), Dropped(60), Dropped(60)], log.Lines);
        open.SetResult();
        await queue.StopAsync(Ever);
        Assert.Equal((string[])[Dropped(1), Dropped(60), Dropped(60), Dropped(29)], log.Lines);

        static string Dropped(int count) => $"Warning: Notifications to recording were dropped: {count}, because 1 wait already.";
    }

    [Fact]
    public async Task What_was_taken_before_a_failure_is_not_sent_again()
    {
        RecordingOutput output = new(Minute);
        output.Attempt = _ => output.Attempts switch
        {
            1 => Task.CompletedTask,
            2 => throw new PartlySentException(2, "It broke."),
            3 => throw new PartlySentException(1, "It broke."),
            _ => Task.CompletedTask,
        };
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        Assert.Equal("a", (await output.Next()).Services);
        Enqueue(queue, "cpu", "b", "c", "d", "e");
        Assert.Equal("b c d e", await NextWhileTimePasses(output));
        Assert.Equal("d e", await NextWhileTimePasses(output));
        Assert.Equal("e", await NextWhileTimePasses(output));
        await queue.StopAsync(Ever);
        Assert.Equal((0, 5, 2, 0), (queue.Pending, queue.Report.Sent, queue.Report.Failed, queue.Report.Abandoned));
    }

    [Fact]
    public async Task An_attempt_of_which_everything_was_taken_holds_up_nothing()
    {
        RecordingOutput output = new(Minute);
        output.Attempt = _ => output.Attempts == 1 ? throw new PartlySentException(1, "It broke.") : Task.CompletedTask;
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        await output.Next();
        while (queue.Report.Sent == 0) await Task.Yield();
        Enqueue(queue, "disk", "b");
        Assert.Equal("b", (await output.Next()).Services);
        await queue.StopAsync(Ever);
    }

    [Theory]
    [InlineData(600, 600)]
    [InlineData(7200, 3600)]
    public async Task Who_says_when_to_come_again_is_left_alone_until_then_an_hour_at_most(int asked, int left)
    {
        RecordingOutput output = new(TimeSpan.Zero);
        output.Attempt = _ =>
            output.Attempts == 1 ? throw new RetryLaterException(TimeSpan.FromSeconds(asked), "Too many.") : Task.CompletedTask;
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        Assert.Equal((0, "a"), await output.Next());
        while (queue.Report.Failed == 0 || log.Lines.IsEmpty) await Task.Yield();
        await Pass(seconds: left - 1);
        Assert.Equal(0, output.Unread);
        await Pass(seconds: 1);
        Assert.Equal((left, "a"), await output.Next());
        await queue.StopAsync(Ever);
    }

    [Fact]
    public async Task A_send_has_a_limit_and_is_tried_again()
    {
        RecordingOutput output = new(TimeSpan.Zero) { Limit = TimeSpan.FromSeconds(30) };
        output.Attempt = stop => output.Attempts == 1 ? Task.Delay(Timeout.InfiniteTimeSpan, clock, stop) : Task.CompletedTask;
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a", "b");
        await output.Next();
        Assert.Equal("a", await NextWhileTimePasses(output));
        Assert.Equal("b", await NextWhileTimePasses(output));
        await queue.StopAsync(Ever);
        Assert.Equal((2, 1), (queue.Report.Sent, queue.Report.Failed));
        Assert.Equal(
            "Warning: Sending to recording failed and will be tried again, 2 waiting: It took longer than 00:00:30.", log.Lines.First());
    }

    [Fact]
    public async Task What_the_stop_lost_is_known_and_what_it_saved_is_not_lost()
    {
        RecordingOutput saves = new(Minute) { Attempt = _ => throw new IOException("No route.") };
        OutputQueue saving = Open(saves);
        Enqueue(saving, "cpu", "a");
        await saving.StopAsync(Ever);
        Assert.Equal((1, 0), (saving.Report.Abandoned, saving.Report.LostAtStop));

        RecordingOutput loses = new(Minute) { Attempt = _ => throw new IOException("No route."), Saves = false };
        OutputQueue losing = Open(loses);
        Enqueue(losing, "cpu", "a", "b");
        await losing.StopAsync(Ever);
        Assert.False(losing.Enqueue(Some.Notification("cpu", "late")));
        Assert.Equal((2, 3), (losing.Report.Abandoned, losing.Report.LostAtStop));
        const string said = "Error: Notifications to recording will not be sent: 2. They are lost, the first of them  a on host. No route.";
        Assert.Equal(said, log.Lines.Last());
    }

    [Fact]
    public async Task What_is_undeliverable_while_it_runs_was_not_lost_by_the_stop()
    {
        RecordingOutput output = new(TimeSpan.Zero) { Attempt = _ => throw new UndeliverableException("No such user."), Saves = false };
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        while (queue.Report.Abandoned == 0) await Task.Yield();
        await queue.StopAsync(Ever);
        Assert.Equal((1, 0), (queue.Report.Abandoned, queue.Report.LostAtStop));
    }

    [Fact]
    public async Task Each_part_of_an_output_has_a_queue_of_its_own()
    {
        RecordingOutput full = new(TimeSpan.Zero) { Attempt = _ => throw new IOException("Full.") }, oncall = new(TimeSpan.Zero);
        Engine engine = new(new EngineOptions { TimeProvider = clock, LoggerFactory = log });
        engine.Add(Reactor.Empty.To(new Both(full, oncall)));
        foreach (string service in (string[])["a", "b", "c"]) engine.Feed(new Event { Service = service });
        Assert.Equal("a", (await oncall.Next()).Services);
        Assert.Equal("b", (await oncall.Next()).Services);
        Assert.Equal("c", (await oncall.Next()).Services);
        Assert.Equal("a", (await full.Next()).Services);
        await engine.StopAsync(Ever);
        Assert.Equal(["a", "b", "c"], full.Abandoned);
        Assert.Empty(oncall.Abandoned);
        Assert.Equal(0, engine.LostAtStop);
    }

    [Fact]
    public async Task What_waits_for_a_reactor_that_was_removed_is_given_up_with_the_others()
    {
        foreach (bool saves in (bool[])[true, false])
        {
            RecordingOutput output = new(Minute) { Attempt = _ => new TaskCompletionSource().Task, Saves = saves };
            Engine engine = new(new EngineOptions { TimeProvider = clock, LoggerFactory = log });
            engine.Add(Reactor.Empty.To(output), "r");
            engine.Feed(new Event { Service = "a" });
            await output.Next();
            engine.Feed(new Event { Service = "b" });
            Assert.True(engine.Remove("r"));
            await engine.StopAsync(Now);
            Assert.Equal(saves ? ["a", "b"] : [], output.Abandoned);
            Assert.Equal(saves ? 0 : 2, engine.LostAtStop);
        }
    }

    [Fact]
    public async Task What_a_removed_reactor_lost_stays_known()
    {
        RecordingOutput output = new(Minute) { Attempt = _ => throw new IOException("No route."), Saves = false };
        Engine engine = new(new EngineOptions { TimeProvider = clock, LoggerFactory = log });
        engine.Add(Reactor.Empty.To(output), "r");
        engine.Feed(new Event { Service = "a" });
        await output.Next();
        Assert.True(engine.Remove("r"));
        for (int i = 0; engine.LostAtStop == 0; i++)
        {
            engine.Add(Reactor.Empty, "other" + i);
            await Task.Yield();
        }
        engine.Add(Reactor.Empty, "last");
        Assert.Equal(1, engine.LostAtStop);
        await engine.StopAsync(Ever);
        Assert.Equal(1, engine.LostAtStop);
    }

    [Fact]
    public async Task Outputs_share_a_queue_by_their_key_and_by_nothing_else()
    {
        await using Engine engine = new(new EngineOptions { TimeProvider = clock });
        Listing alone = new(null, []);
        OutputRecipe[] outputs = [new Listing("a", [1]), new Listing("a", [2]), new Listing("b", [1]), alone, alone, new Listing(null, [])];
        for (int i = 0; i < outputs.Length; i++) engine.Add(Reactor.Empty.To(outputs[i]), $"{i}");

        Assert.Equal(4, engine.Outputs.Count);
        engine.Remove("0");
        Assert.Equal(4, engine.Outputs.Count);
        engine.Remove("1");
        Assert.Equal(3, engine.Outputs.Count);
    }

    [Fact]
    public async Task A_notification_says_what_handed_it_over_and_has_one_id_whatever_is_tried()
    {
        List<Notification> seen = [];
        Listing output = new(null, []) { Send = notification => seen.Add(notification) };
        Engine engine = new(new EngineOptions { TimeProvider = clock });
        engine.Add(Reactor.By("host", r => r.To(output).To(output)).EventWindow(1).To(output), "r");
        engine.Feed(new Event { Service = "a" });
        await engine.StopAsync(Ever);

        Assert.Equal(
            [("r", "by/to", NotificationKind.Event), ("r", "by/to.2", NotificationKind.Event), ("r", "to", NotificationKind.Batch)],
            seen.Select(one => (one.Reactor, one.Step, one.Kind)).Order());
        Assert.Equal(3, seen.Select(one => one.Id).Distinct().Count());
        Assert.All(seen, one => Assert.Matches("^[0-9a-f]{32}$", one.Id));
    }

    /// <summary>An output with a list in it, which no record compares by what is in it.</summary>
    sealed record Listing(string? Key, List<int> List) : OutputRecipe, IOutput
    {
        public Action<Notification> Send { get; init; } = _ => { };

        public override string Name => "listing";

        public override string? QueueKey => Key;

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
        {
            foreach (Notification notification in notifications) Send(notification);
            return Task.CompletedTask;
        }
    }

    sealed record Both(OutputRecipe One, OutputRecipe Other) : OutputRecipe
    {
        public override string Name => "both";

        public override IEnumerable<OutputRecipe> Parts(OutputContext context) => [One, Other];

        public override IOutput Open(OutputContext context) => throw new NotSupportedException("Its parts are opened.");
    }

    [Fact]
    public async Task Stopping_sends_what_is_held()
    {
        RecordingOutput output = new(Minute);
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        await output.Next();
        Enqueue(queue, "cpu", "b");
        await queue.StopAsync(Ever);
        Assert.Equal((0, "b"), await output.Next());
        Assert.False(queue.Enqueue(Some.Notification("cpu", "late")));
    }

    [Fact]
    public async Task Stopping_tries_once_more_and_abandons_what_fails()
    {
        RecordingOutput output = new(Minute) { Attempt = _ => throw new IOException("No route.") };
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        await output.Next();
        // The attempt is over, and so none that the stop could take for its own.
        Assert.True(SpinWait.SpinUntil(() => !log.Lines.IsEmpty, TimeSpan.FromSeconds(30)));
        Enqueue(queue, "cpu", "b");
        await queue.StopAsync(Ever);
        Assert.Equal(["a", "b"], output.Abandoned);
        Assert.Equal((0, 2), (queue.Pending, queue.Report.Abandoned));
        Assert.Equal("Error: Notifications to recording will not be sent: 2. Saved 2. No route.", log.Lines.Last());
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_an_output_that_hangs()
    {
        RecordingOutput output = new(Minute) { Attempt = _ => new TaskCompletionSource().Task };
        OutputQueue queue = Open(output);
        Enqueue(queue, "cpu", "a");
        await output.Next();
        Enqueue(queue, "cpu", "b");
        await queue.StopAsync(Now);
        Assert.Equal(["a", "b"], output.Abandoned);
        Assert.Equal((0, 0, 2), (queue.Pending, queue.Report.Sent, queue.Report.Abandoned));
    }

    [Fact]
    public async Task A_log_that_throws_does_not_end_the_sending()
    {
        LogLines broken = new() { Broken = true };
        RecordingOutput output = new(Minute);
        output.Attempt = _ => output.Attempts == 1 ? throw new IOException("No route.") : Task.CompletedTask;
        OutputQueue queue = new(output, new OutputContext(clock, broken, null));
        Enqueue(queue, "cpu", "a");
        await output.Next();
        Assert.Equal("a", await NextWhileTimePasses(output));
        await queue.StopAsync(Ever);
        Assert.Equal(2, broken.Lines.Count);
    }

    public void Dispose() => log.Dispose();

    OutputQueue Open(RecordingOutput output) => new(output, new OutputContext(clock, log, null));

    static void Enqueue(OutputQueue queue, string reactor, params string[] services)
    {
        foreach (string service in services) Assert.True(queue.Enqueue(Some.Notification(reactor, service)));
    }

    /// <summary>Lets virtual time pass and the worker run: what it does not do by then, it would not have done.</summary>
    async Task Pass(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            for (int turn = 0; turn < 10; turn++) await Task.Yield();
        }
    }

    async Task<string> NextWhileTimePasses(RecordingOutput output)
    {
        while (output.Unread == 0) await Pass(seconds: 1);
        return (await output.Next()).Services;
    }
}
