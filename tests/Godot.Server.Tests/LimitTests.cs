using System.Net.Sockets;
using Godot.Events;
using Microsoft.Extensions.Time.Testing;

namespace Godot;

public class LimitTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_too_many_is_closed_and_counted_and_said_once_a_minute()
    {
        Seen seen = new();
        LogLines log = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp, Transport.Unix)
            .With(new() { MaxConnections = 2, Engine = new() { LoggerFactory = log } }).React(seen.Recipe);
        await server.StartAsync(Stop);
        using Socket first = server.Connect(Transport.Tcp), second = server.Connect(Transport.Unix);
        await Eventually.True(() => server.Counters(0).Open + server.Counters(1).Open == 2);

        for (int i = 0; i < 3; i++)
        {
            using Socket third = server.Connect(Transport.Tcp);
            Assert.True(await third.IsClosed());
        }
        Assert.Equal(3, server.Counters().Refused);
        Assert.Single(log.Warnings);

        // When one leaves, there is room again.
        second.Dispose();
        await Eventually.True(() => server.Counters(1).Open == 0);
        server.Send(Transport.Tcp, Some.Line("x"));
        await seen.Count(1);
    }

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public async Task A_silent_connection_is_closed_and_one_that_sends_is_not(Transport transport)
    {
        FakeTimeProvider clock = new();
        await using GodotServer server = Senders.OnLoopback(transport)
            .With(new() { IdleTimeout = TimeSpan.FromMinutes(4), Engine = new() { TimeProvider = clock } });
        await server.StartAsync(Stop);
        using Socket silent = server.Connect(transport), busy = server.Connect(transport);
        await Eventually.True(() => server.Counters().Open == 2);

        for (int minute = 1; minute <= 5; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            busy.Send(Some.Line("x"));
            await Eventually.True(() => server.Counters().Received == minute);
        }

        Assert.True(await silent.IsClosed());
        await Eventually.True(() => server.Counters() is { Open: 1, Idle: 1 },
            () => $"{server.Counters().Open} open, {server.Counters().Idle} closed.");
    }

    [Fact]
    public async Task A_silent_connection_is_counted_once_however_soon_it_is_looked_at_again()
    {
        FakeTimeProvider clock = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp)
            .With(new() { IdleTimeout = TimeSpan.FromMinutes(4), Engine = new() { TimeProvider = clock } });
        await server.StartAsync(Stop);
        using Socket silent = server.Connect(Transport.Tcp);

        await Eventually.True(() =>
        {
            // Three looks at once, before its task can end.
            clock.Advance(TimeSpan.FromMinutes(6));
            return server.Counters().Idle > 0;
        });

        Assert.True(await silent.IsClosed());
        await Eventually.True(() => server.Counters().Open == 0);
        Assert.Equal(1, server.Counters().Idle);
    }

    [Fact]
    public async Task Lines_up_to_the_limit_are_events_and_longer_ones_are_skipped()
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).With(new() { MaxLineLength = 100 }).React(seen.Recipe);
        await server.StartAsync(Stop);
        string frame = "{\"service\":\"\"}";

        server.Send(Transport.Tcp,
            $"{{\"service\":\"{new string('a', 100 - frame.Length)}\"}}\n",
            $"{{\"service\":\"{new string('b', 101 - frame.Length)}\"}}\n",
            $"{{\"service\":\"{new string('c', 1_000_000)}\"}}\n",
            Some.Line("d"));

        await seen.Count(2);
        await Eventually.True(() => server.Counters().Open == 0);
        Assert.Equal(2, server.Counters().Received);
        Assert.Equal(2, server.Counters().Rejected(RejectReason.TooLong));
    }

    [Fact]
    public async Task Events_of_too_many_series_are_counted_as_dropped()
    {
        await using GodotServer server =
            Senders.OnLoopback(Transport.Tcp).With(new() { Engine = new() { MaxSeries = 10 } }).React(Some.Recipe());
        await server.StartAsync(Stop);

        server.Send(Transport.Tcp, Enumerable.Range(0, 25).Select(i => Some.Line($"s{i}")));

        await Eventually.True(() => server.Counters().Received == 25 && server.Counters().Open == 0);
        Assert.Equal(15, server.Counters().Dropped);
    }
}
