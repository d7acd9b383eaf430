using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Godot;

/// <summary>Inputs of a user's own.</summary>
public class InputTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_in_any_pieces_and_events_reach_the_reactors_and_are_counted_under_its_name()
    {
        Seen seen = new();
        Made input = new("made", async (feed, _) =>
        {
            foreach (char piece in Some.Line("pieces") + "nonsense\n") Assert.True(await feed.WriteAsync(new[] { (byte)piece }));
            await feed.SendAsync(new Event { Service = "event" }, new Event { Service = "another" });
            Assert.True(await feed.WriteAsync(Bytes("""{"service":"no newline"}"""), isLast: true));
        });
        await using GodotServer server = GodotServer.Input(input).React(seen.Recipe);

        await server.StartAsync(Stop);
        await seen.Count(4);
        await input.Ended;

        Assert.Equal(["another", "event", "no newline", "pieces"], seen.Services);
        InputCounters counters = server.Counters();
        Assert.Equal((4, 1, 0), (counters.Received, counters.AllRejected, counters.Dropped));
        string metrics = MetricsText.Of(server.Run!);
        Assert.Contains("godot_events_received_total{input=\"made\"} 4\n", metrics, StringComparison.Ordinal);
        Assert.Contains("godot_events_rejected_total{input=\"made\",reason=\"not_json\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.True(server.Run!.Healthy);
    }

    [Fact]
    public async Task Its_own_decoder_reads_its_bytes()
    {
        Seen seen = new();
        Made input = new("made", (feed, stopping) => feed.ReadAsync(new MemoryStream(Bytes("one\ntwo")), stopping),
            () => new NamesDecoder());
        await using GodotServer server = GodotServer.Input(input).React(seen.Recipe);

        await server.StartAsync(Stop);
        await input.Ended;

        Assert.Equal(["one", "two"], seen.Services);
    }

    [Fact]
    public async Task An_event_without_a_time_has_that_of_its_arrival_and_one_with_a_long_or_a_reserved_name_is_rejected()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        DateTimeOffset before = clock.GetUtcNow().AddHours(-1);
        Seen seen = new();
        Made input = new("made", async (feed, _) => await feed.SendAsync(
            new Event { Service = "now" }, new Event { Service = "before", Time = before }, new Event { Host = new string('é', 9) },
            new Event { Service = "godot/silence" }));
        await using GodotServer server = GodotServer.Input(input).React(seen.Recipe)
            .With(new() { Engine = new() { TimeProvider = clock, MaxNameLength = 16 } });

        await server.StartAsync(Stop);
        await input.Ended;

        IReadOnlyList<Event> events = await seen.Count(2);
        Assert.Equal([before, clock.GetUtcNow()], events.OrderBy(e => e.Service, StringComparer.Ordinal).Select(e => e.Time));
        Assert.Equal(1, server.Counters().Rejected(Events.RejectReason.NameTooLong));
        Assert.Equal(1, server.Counters().Rejected(Events.RejectReason.Reserved));
    }

    [Fact]
    public async Task While_a_reactor_is_busy_it_is_kept_waiting_and_its_lag_is_seen()
    {
        using ManualResetEventSlim go = new();
        FakeTimeProvider clock = new();
        int handed = 0;
        Made input = new("made", async (feed, _) =>
        {
            for (int i = 0; i < 3; i++)
            {
                await feed.SendAsync(new Event { Service = "x" });
                Interlocked.Increment(ref handed);
            }
        });
        await using GodotServer server = GodotServer.Input(input).React(Some.Stage(() => new Waits(go)))
            .With(new() { Engine = new() { TimeProvider = clock } });
        await server.StartAsync(Stop);

        await Eventually.True(() => server.Counters().Received == 1);
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(0, Volatile.Read(ref handed));
        Assert.Equal(3, server.Run!.Engine.Backlogs.Lag("made").TotalSeconds, tolerance: 0.001);
        go.Set();
        await input.Ended;
        Assert.Equal((3, TimeSpan.Zero), (handed, server.Run!.Engine.Backlogs.Lag("made")));
    }

    [Fact]
    public async Task What_was_cut_is_rejected_and_the_next_stream_begins_anew()
    {
        Seen seen = new();
        Made input = new("made", async (feed, stopping) =>
        {
            using Broken broken = new(Bytes("""{"service":"cut"""));
            await Assert.ThrowsAsync<IOException>(() => feed.ReadAsync(broken, stopping));
            await feed.ReadAsync(new MemoryStream(Bytes(Some.Line("next"))), stopping);
            await feed.WriteAsync(Bytes("{"));
        });
        await using GodotServer server = GodotServer.Input(input).React(seen.Recipe);

        await server.StartAsync(Stop);
        await input.Ended;

        Assert.Equal(["next"], seen.Services);
        Assert.Equal(2, server.Counters().Rejected(Events.RejectReason.Cut));
        Assert.Equal(2, server.Counters().AllRejected);
    }

    [Fact]
    public async Task Where_nothing_more_can_be_read_it_is_told_until_the_next_stream()
    {
        Seen seen = new();
        Made input = new("made", async (feed, _) =>
        {
            Assert.False(await feed.WriteAsync(Bytes("GET / HTTP/1.1\r\n" + Some.Line("ignored"))));
            Assert.False(await feed.WriteAsync(Bytes(Some.Line("ignored, too")), isLast: true));
            Assert.True(await feed.WriteAsync(Bytes(Some.Line("next"))));
        });
        await using GodotServer server = GodotServer.Input(input).React(seen.Recipe);

        await server.StartAsync(Stop);
        await input.Ended;

        Assert.Equal(["next"], seen.Services);
        Assert.Equal(1, server.Counters().Rejected(Events.RejectReason.OtherProtocol));
    }

    [Fact]
    public async Task A_feed_refuses_a_second_call_at_a_time_and_any_after_its_end()
    {
        using ManualResetEventSlim go = new();
        Made? input = null;
        input = new("made", async (feed, stopping) =>
        {
            Task first = Task.Run(async () => await feed.SendAsync(new Event { Service = "x" }), stopping);
            await Eventually.True(() => input!.Counters.Received == 1);
            Exception second = await Assert.ThrowsAsync<InvalidOperationException>(
                async () => await feed.SendAsync(new Event { Service = "y" }));
            Assert.Equal("A feed of made takes one call at a time: await it, or open another feed.", second.Message);
            go.Set();
            await first;
            await feed.DisposeAsync();
            await Assert.ThrowsAsync<ObjectDisposedException>(async () => await feed.WriteAsync(default));
        });
        await using GodotServer server = GodotServer.Input(input).React(Some.Stage(() => new Waits(go)));

        await server.StartAsync(Stop);

        await input.Ended;
        Assert.Equal(1, server.Counters().Received);
    }

    [Fact]
    public async Task One_that_cannot_be_opened_stops_the_start_and_those_that_are_open_are_closed()
    {
        Made first = new("first", Nothing), last = new("last", Nothing);
        Made broken = new("broken", Nothing) { OpensWith = () => throw new IOException("there is no such file") };
        GodotServer server = GodotServer.Input(first).Input(broken).Input(last);

        InputException refusal = await Assert.ThrowsAsync<InputException>(() => server.StartAsync(Stop));

        Assert.Equal("broken cannot be opened: there is no such file", refusal.Message);
        Assert.Equal((1, 0, 0), (first.Closed, broken.Closed, last.Closed));
        Assert.False(first.Ended.IsCompleted);
    }

    [Fact]
    public async Task Two_of_one_name_and_one_that_was_used_are_refused()
    {
        Made used = new("made", Nothing);
        await using GodotServer twice = GodotServer.Input(used).Input(new Made("made", Nothing));
        Assert.Equal("Two inputs are called made; give one of them another name.",
            (await Assert.ThrowsAsync<InputException>(() => twice.StartAsync(Stop))).Message);

        await using GodotServer again = GodotServer.Input(used);
        Assert.Equal("made has been opened before: give each server an input of its own.",
            (await Assert.ThrowsAsync<InputException>(() => again.StartAsync(Stop))).Message);
    }

    [Fact]
    public async Task One_that_throws_is_told_of_and_the_others_go_on()
    {
        LogLines log = new();
        Seen seen = new();
        Made broken = new("broken", (_, _) => throw new FormatException("out of order")), other = new("other", Beating);
        await using GodotServer server = GodotServer.Input(broken).Input(other).React(seen.Recipe)
            .With(new() { Engine = new() { LoggerFactory = log } });

        await server.StartAsync(Stop);
        await Eventually.True(() => log.Errors.Count > 0);
        int before = seen.Services.Count;
        await seen.Count(before + 2);

        string told = Assert.Single(log.Errors);
        Assert.StartsWith("broken has failed and takes nothing in any more; restart the server", told, StringComparison.Ordinal);
        Assert.Contains("out of order", told, StringComparison.Ordinal);
        Assert.False(server.Run!.Healthy);
        // Nobody who sends there is called silent for that.
        await Eventually.True(() => server.Run!.Engine.Backlogs.Lag("broken") > TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_stop_waits_until_it_has_handed_over_what_had_arrived()
    {
        LogLines log = new();
        Seen seen = new();
        Made input = new("made", async (feed, stopping) =>
        {
            await Task.Delay(Timeout.Infinite, stopping).ContinueWith(_ => { }, TaskScheduler.Default);
            await feed.SendAsync(new Event { Service = "last" });
        });
        GodotServer server = GodotServer.Input(input).Input(new Made("beating", Beating)).React(seen.Recipe)
            .With(new() { Engine = new() { LoggerFactory = log } });
        await server.StartAsync(Stop);

        await server.StopAsync(Stop);

        Assert.Contains("last", seen.Services);
        Assert.Equal(1, input.Closed);
        Assert.Equal([], log.Warnings.Concat(log.Errors));
    }

    [Fact]
    public async Task One_that_does_not_stop_holds_nothing_else_up_and_what_it_still_brings_is_dropped()
    {
        LogLines log = new();
        Mailbox mailbox = new();
        TaskCompletionSource stopped = new(), go = new();
        Made input = new("made", async (feed, _) =>
        {
            await feed.SendAsync(new Event { Service = "mailed" });
            await go.Task;
            await feed.SendAsync(new Event { Service = "late" });
            stopped.SetResult();
        });
        GodotServer server = GodotServer.Input(input).React("mail", Reactor.Empty.To(mailbox))
            .With(new() { StopTimeout = TimeSpan.FromSeconds(1), Engine = new() { LoggerFactory = log } });
        await server.StartAsync(Stop);
        await Eventually.True(() => server.Counters().Received == 1);

        await server.StopAsync(Stop);

        Assert.Equal("made has been told to stop and goes on; what it still hands over is dropped", Assert.Single(log.Warnings));
        Assert.Equal(["mailed"], mailbox.Sent);
        Assert.False(server.Run!.GaveUp);
        go.SetResult();
        await stopped.Task;
        Assert.Equal(1, server.Counters().Dropped);
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    static Task Nothing(EventFeed feed, CancellationToken stopping) => Task.CompletedTask;

    static async Task Beating(EventFeed feed, CancellationToken stopping)
    {
        while (true)
        {
            await feed.SendAsync(new Event { Service = "beat" });
            await Task.Delay(5, stopping);
        }
    }

    sealed class Made(string name, Func<EventFeed, CancellationToken, Task> run, Func<EventDecoder>? decoder = null) : Input(decoder)
    {
        readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override string Name => name;

        public Action? OpensWith { get; init; }

        public Task Ended => ended.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        public int Closed { get; private set; }

        protected internal override void Open() => OpensWith?.Invoke();

        protected internal override async Task RunAsync(CancellationToken cancellationToken)
        {
            try
            {
                await using EventFeed feed = OpenFeed();
                await run(feed, cancellationToken);
            }
            catch (Exception e)
            {
                ended.TrySetException(e);
                throw;
            }
            ended.TrySetResult();
        }

        protected internal override void Close() => Closed++;
    }

    sealed class NamesDecoder : MessageDecoder
    {
        protected override int Decode(ReadOnlySpan<byte> bytes, bool isLast, EventBuilder events)
        {
            int newline = bytes.IndexOf((byte)'\n');
            if (newline < 0 && !isLast) return 0;
            events.Service(newline < 0 ? bytes : bytes[..newline]).Add();
            return newline < 0 ? bytes.Length : newline + 1;
        }
    }

    sealed class Broken(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = await base.ReadAsync(buffer, cancellationToken);
            return count > 0 ? count : throw new IOException();
        }
    }

    sealed class Waits(ManualResetEventSlim go) : Stage
    {
        public override void On(EventView e) => go.Wait(TimeSpan.FromSeconds(60));
    }
}
