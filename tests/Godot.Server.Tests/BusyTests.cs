using System.Net.Sockets;

namespace Godot;

public class BusyTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    // One is read by a thread of its own; of many, no one is.
    [Theory]
    [InlineData(Transport.Tcp, 1)]
    [InlineData(Transport.Tcp, 100)]
    [InlineData(Transport.Unix, 1)]
    [InlineData(Transport.Unix, 100)]
    public async Task Connections_that_write_event_after_event_with_a_pause_between_are_heard_in_order_to_the_last(Transport transport,
        int connections)
    {
        const int Burst = 200;
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(transport).React(seen.Recipe);
        await server.StartAsync(Stop);

        await Task.WhenAll(Enumerable.Range(0, connections).Select(c => Task.Run(async () =>
        {
            using Socket socket = server.Connect(transport);
            for (int i = 0; i < Burst; i++) socket.Send(Line(c, i));
            await Task.Delay(50, Stop);
            for (int i = Burst; i < 2 * Burst; i++) socket.Send(Line(c, i));
        }, Stop)));

        IReadOnlyList<Event> events = await seen.Count(connections * 2 * Burst);
        Assert.All(events.GroupBy(e => e.Host),
            own => Assert.Equal(Enumerable.Range(0, 2 * Burst).Select(i => (double?)i), own.Select(e => e.Metric)));
        await Eventually.True(() => server.Counters().Open == 0);
    }

    // The kernel tells of bytes that were received together with those before: whoever waits for them with a turn keeps it for ever.
    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Unix)]
    public async Task Connections_that_fall_silent_keep_nobody_waiting(Transport transport)
    {
        const int Connections = 20, Each = 2000;
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(transport).React(seen.Recipe);
        await server.StartAsync(Stop);
        Socket[] sockets = [.. Enumerable.Range(0, Connections).Select(_ => server.Connect(transport))];
        await Task.WhenAll(sockets.Select((socket, c) => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++) socket.Send(Line(c, i));
        }, Stop)));
        await seen.Count(Connections * Each);

        foreach (Socket socket in sockets)
        {
            socket.Send(Line(0, Each));
            socket.Dispose();
        }
        await seen.Count(Connections * (Each + 1));
        await Eventually.True(() => server.Counters().Open == 0);
    }

    [Fact]
    public async Task A_busy_connection_ends_with_the_server()
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).React(seen.Recipe);
        await server.StartAsync(Stop);
        using Socket socket = server.Connect(Transport.Tcp);
        for (int i = 0; i < 200; i++) socket.Send(Line(0, i));
        await seen.Count(1);

        await Eventually.Within(server.StopAsync(Stop));
        Assert.Equal(0, server.Counters().Open);
        Assert.Equal(200, (await seen.Count(200)).Count);
    }

    static string Line(int connection, int number) => $$"""{"host":"h{{connection}}","service":"s","metric":{{number}}}""" + "\n";
}
