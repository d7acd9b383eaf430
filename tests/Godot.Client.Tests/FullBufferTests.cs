using System.Text.Json;

namespace Godot.Client.Tests;

/// <summary>What becomes of events, and of the program that sends them, when nobody takes them.</summary>
public class FullBufferTests : ByHand
{
    const int Room = 1024;
    static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    /// <summary>What a server can do, other than read what comes.</summary>
    public enum Server
    {
        NotReading,
        NotConnected,
        Reconnecting,
    }

    [Theory]
    [InlineData(Server.NotReading, WhenFull.DropNewest)]
    [InlineData(Server.NotReading, WhenFull.DropOldest)]
    [InlineData(Server.NotConnected, WhenFull.DropNewest)]
    [InlineData(Server.NotConnected, WhenFull.DropOldest)]
    [InlineData(Server.Reconnecting, WhenFull.DropNewest)]
    [InlineData(Server.Reconnecting, WhenFull.DropOldest)]
    public async Task Nobody_who_reads_costs_a_program_one_short_wait_and_never_more(Server server, WhenFull whenFull)
    {
        GodotClient client = NewClient(new() { BufferSize = Room, WhenFull = whenFull });
        await Meet(server, client);

        int waits = 0;
        for (int i = 1; i < 1_000; i++)
        {
            ValueTask send = client.SendAsync(Some.Event(i));
            if (send.IsCompleted) continue;
            waits++;
            Clock.Advance(Wait);
            await send.Soon();
        }
        Assert.InRange(waits, 0, 1);
        Assert.Equal(1_000, client.Pending + client.Dropped);
        Assert.InRange(client.Pending, 10, 40);
    }

    [Theory]
    [InlineData(WhenFull.DropNewest)]
    [InlineData(WhenFull.DropOldest)]
    [InlineData(WhenFull.Wait)]
    public async Task TrySend_never_waits_and_says_whether_it_was_taken(WhenFull whenFull)
    {
        GodotClient client = NewClient(new() { BufferSize = Room, WhenFull = whenFull });
        Assert.True(client.TrySend(Some.EventOf(300)));
        await Transport.Writes.Next();
        Assert.True(client.TrySend(Some.EventOf(600)));
        bool taken = client.TrySend(Some.EventOf(600));

        Assert.Equal(whenFull == WhenFull.DropOldest, taken);
        Assert.Equal((2, 1), (client.Pending, client.Dropped));
        await Transport.EndWriteAsync();
        await Transport.EndWriteAsync();
        Assert.True(await client.FlushAsync().Soon());
        Assert.Equal(2, client.Sent);
    }

    [Fact]
    public async Task A_burst_is_not_dropped_if_the_server_reads_in_time()
    {
        GodotClient client = NewClient(new() { BufferSize = Room });
        await client.SendAsync(Some.EventOf(800));
        ValueTask send = client.SendAsync(Some.EventOf(801));
        Assert.False(send.IsCompleted);
        Clock.Advance(Wait - TimeSpan.FromMilliseconds(1));
        await Transport.EndWriteAsync();
        await send.Soon();
        await Transport.EndWriteAsync();
        await client.FlushAsync().Soon();
        Assert.Equal((2, 0), (client.Sent, client.Dropped));
    }

    [Fact]
    public async Task When_the_server_reads_again_it_is_waited_for_again()
    {
        GodotClient client = NewClient(new() { BufferSize = Room });
        await client.SendAsync(Some.EventOf(800));
        await Transport.Writes.Next();
        ValueTask first = client.SendAsync(Some.EventOf(800));
        Clock.Advance(Wait);
        await first.Soon();
        Assert.True(client.SendAsync(Some.EventOf(800)).AsTask().IsCompleted);

        await Transport.EndWriteAsync();
        await client.FlushAsync().Soon();
        await client.SendAsync(Some.EventOf(800));
        Assert.False(client.SendAsync(Some.EventOf(800)).AsTask().IsCompleted);
        Assert.Equal((1, 2), (client.Sent, client.Dropped));
    }

    [Fact]
    public async Task What_is_just_being_written_is_whole_whatever_is_dropped_behind_it()
    {
        GodotClient client = NewClient(new() { BufferSize = 128 * 1024, WhenFull = WhenFull.DropOldest, MaxWait = TimeSpan.Zero });
        List<int> written = [];
        await client.SendAsync(Some.Event(0));
        for (int i = 1; i < 20_000; i++)
        {
            Assert.True(client.TrySend(Some.Event(i)));
            if (i % 5_000 != 0) continue;
            written.AddRange(Some.Numbers(Some.Lines(await Transport.Writes.Next())));
            await Transport.EndWriteAsync();
        }
        while (client.Pending > 0)
        {
            written.AddRange(Some.Numbers(Some.Lines(await Transport.Writes.Next())));
            await Transport.EndWriteAsync();
            if (written[^1] == 19_999) await client.FlushAsync().Soon();
        }
        Assert.Equal(written.Order().Distinct(), written);
        Assert.Equal((19_999, written.Count, 20_000 - written.Count), (written[^1], client.Sent, client.Dropped));
        Assert.InRange(client.Dropped, 5_000, 19_000);
    }

    [Fact]
    public async Task What_is_dropped_is_logged_once_a_minute_and_all_of_it_at_the_end()
    {
        LogLines log = new();
        GodotClient client = NewClient(new() { BufferSize = Room, MaxWait = TimeSpan.Zero, LoggerFactory = log });
        await client.SendAsync(Some.EventOf(800));
        await Transport.Writes.Next();
        for (int i = 0; i < 10; i++) await client.SendAsync(Some.EventOf(800));
        Assert.Equal(["Dropped 1 events"], Dropped(log));
        Clock.Advance(TimeSpan.FromMinutes(1));
        for (int i = 0; i < 10; i++) await client.SendAsync(Some.EventOf(800));
        Assert.Equal(["Dropped 1 events", "Dropped 10 events"], Dropped(log));

        ValueTask end = client.DisposeAsync();
        Clock.Advance(TimeSpan.FromSeconds(2));
        await end.Soon();
        Assert.Equal(["Dropped 1 events", "Dropped 10 events", "Dropped 9 events"], Dropped(log));
        Assert.Equal(21, client.Dropped);
    }

    [Fact]
    public async Task A_flush_is_over_after_its_time_and_says_that_not_all_was_written()
    {
        GodotClient client = NewClient();
        await client.SendAsync(Some.Event(0));
        await Transport.Writes.Next();
        Task<bool> flush = client.FlushAsync();
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await flush.Soon());
        Assert.Equal(1, client.Pending);
        await Transport.EndWriteAsync();
        Assert.True(await client.FlushAsync().Soon());
    }

    [Fact]
    public async Task Against_a_real_server_that_does_not_read_a_program_goes_on_and_ends()
    {
        using LineServer server = LineServer.Tcp();
        GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port, new() { FlushTimeout = TimeSpan.FromMilliseconds(50) });
        await client.StartAsync().Soon();
        using LineConnection connection = await server.AcceptAsync();

        Event e = Some.EventOf(200);
        await Task.Run(async () =>
        {
            for (int i = 0; i < 200_000; i++) await client.SendAsync(e);
        }).Soon();
        Assert.InRange(client.Dropped, 1, 200_000);
        Assert.False(await client.FlushAsync().Soon());
        await client.DisposeAsync().Soon();
        Assert.Equal(200_000, client.Sent + client.Dropped);
    }

    [Fact]
    public async Task An_event_without_a_host_is_about_this_machine()
    {
        GodotClient client = NewClient();
        Assert.Equal(Environment.MachineName, await HostOf(client, new() { Service = "a" }));
        Assert.Equal(Environment.MachineName, await HostOf(client, new()));
        Assert.Equal(Environment.MachineName, await HostOf(client, Event.Parse("""{"service":"a"}""")));
        Assert.Equal("", await HostOf(client, new() { Host = "" }));
        Assert.Equal("b", await HostOf(client, new() { Host = "b" }));
        Assert.Equal("b", await HostOf(client, Event.Parse("""{"service":"a","host":"b"}""")));
    }

    [Fact]
    public async Task The_host_of_events_without_one_can_be_told_and_told_to_stay_away()
    {
        Assert.Equal("北京 \"1\"", await HostOf(NewClient(new() { Host = "北京 \"1\"" }), new() { Service = "a" }));
        Assert.Null(await HostOf(NewClient(new() { Host = null }), new() { Service = "a" }));
    }

    [Fact]
    public async Task A_producer_without_a_host_stays_without_one()
    {
        GodotClient client = NewClient().Produce(new() { Host = null, Service = "a", Every = TimeSpan.FromHours(1) });
        await client.StartAsync().Soon();
        Assert.DoesNotContain("host", await Transport.Writes.Next(), StringComparison.Ordinal);
        await Transport.EndWriteAsync();
    }

    async Task<string?> HostOf(GodotClient client, Event e)
    {
        await client.SendAsync(e);
        using JsonDocument json = JsonDocument.Parse(await Transport.Writes.Next());
        await Transport.EndWriteAsync();
        return json.RootElement.TryGetProperty("host", out JsonElement host) ? host.GetString() : null;
    }

    // Leaves one event in the buffer.
    async Task Meet(Server server, GodotClient client)
    {
        Transport.Down = server == Server.NotConnected;
        var changes = client.Changes();
        await client.SendAsync(Some.Event(0));
        if (server == Server.NotConnected)
        {
            await changes.Next(ConnectionState.Disconnected);
            return;
        }
        await Transport.Writes.Next();
        if (server == Server.NotReading) return;
        Transport.Down = true;
        await Transport.BreakWriteAsync();
        await changes.Next(ConnectionState.Disconnected);
    }

    static IEnumerable<string> Dropped(LogLines log) => log.Lines.Where(line => line.StartsWith("Dropped", StringComparison.Ordinal))
        .Select(line => line[..line.IndexOf(" that", StringComparison.Ordinal)]);
}
