using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Client.Tests;

/// <summary>A server that does not let this client in says so in one line, and reads nothing.</summary>
public class RefusedTests : ByHand
{
    const string Sentence = "10.0.0.2 may not send here.";

    [Fact]
    public async Task What_was_written_is_not_sent_and_the_sentence_is_the_reason()
    {
        using LineServer server = LineServer.Tcp();
        LogLines log = new();
        await using GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port, new() { LoggerFactory = log });
        var changes = client.Changes();
        await client.SendAsync(Some.Events(10));
        Assert.True(await client.FlushAsync());
        Assert.Equal((10, 0), (client.Sent, client.Dropped));

        using LineConnection connection = await server.AcceptAsync();
        Task refusing = connection.RefuseAsync(@"10.0.0.2 may not\u001b[2J send here.");

        ConnectionChange refused = await changes.Next(ConnectionState.Disconnected);
        Assert.Equal("10.0.0.2 may not\u241b[2J send here.", Assert.IsAssignableFrom<IOException>(refused.Exception).Message);
        Assert.Equal((0, 10, 0), (client.Sent, client.Dropped, client.Pending));
        Assert.Contains(log.Lines,
            line => line.Contains("\u241b[2J send here. Of what was written, 10 events are lost.", StringComparison.Ordinal));
        await refusing;
    }

    [Fact]
    public async Task Afterwards_events_wait_for_a_connection_that_has_stood_a_second()
    {
        using LineServer server = LineServer.Tcp();
        // As long as may be: the clock runs ahead below while the third connection comes about.
        GodotClientOptions options = new() { TimeProvider = Clock, ConnectTimeout = TimeSpan.FromDays(49) };
        GodotClient client = Ended(GodotClient.Tcp("127.0.0.1", server.Port, options));
        var changes = client.Changes();
        await client.StartAsync().Soon();
        await (await server.AcceptAsync()).RefuseAsync(Sentence);
        Clock.Advance((await changes.Next(ConnectionState.Disconnected)).RetryIn!.Value);
        await client.SendAsync(Some.Events(10));
        await (await server.AcceptAsync()).RefuseAsync(Sentence);
        ConnectionChange again = await changes.Next(ConnectionState.Disconnected);
        Assert.Equal((1, Sentence), (again.Attempt, again.Exception!.Message));
        Assert.Equal((0, 0, 10), (client.Sent, client.Dropped, client.Pending));

        Clock.Advance(again.RetryIn!.Value);
        using LineConnection open = await server.AcceptAsync();
        Task<List<string>> lines = open.ReadAsync(10);
        while (!lines.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        Assert.Equal(Enumerable.Range(0, 10), Some.Numbers(await lines));
    }

    [Fact]
    public async Task A_client_that_ends_at_once_learns_of_it()
    {
        using LineServer server = LineServer.Tcp();
        GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port, new() { TimeProvider = new FakeTimeProvider() });
        var changes = client.Changes();
        await client.SendAsync(Some.Event(0));
        Task end = client.DisposeAsync().AsTask();
        using LineConnection connection = await server.AcceptAsync();
        // So that it was written: what was refused before that stays in the buffer.
        await connection.ReadAsync();
        await connection.RefuseAsync(Sentence);
        await end.Soon();
        Assert.Equal((0, 1), (client.Sent, client.Dropped));
        Assert.Equal(Sentence, (await changes.Next(ConnectionState.Disconnected)).Exception!.Message);
    }

    [Theory]
    [InlineData("220 mail.example ESMTP\n", 1)]
    [InlineData("{\"error\":5}\n", 1)]
    [InlineData("{\"error\":\"\\ud800\"}\n", 1)]
    [InlineData("{\"error\":\"\"}\n", 1)]
    [InlineData("[]\n", 1)]
    [InlineData("x", 1_000_000)]
    public async Task What_else_a_peer_writes_is_no_refusal(string told, int times)
    {
        using LineServer server = LineServer.Tcp();
        await using GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port);
        var changes = client.Changes();
        await client.SendAsync(Some.Event(0));
        await client.FlushAsync().Soon();
        using LineConnection connection = await server.AcceptAsync();
        connection.End(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(told, times))));
        Assert.Null((await changes.Next(ConnectionState.Disconnected)).Exception);
        Assert.Equal((1, 0), (client.Sent, client.Dropped));
    }

    [Fact]
    public async Task A_write_that_the_end_of_the_connection_cuts_off_says_so_in_words()
    {
        using LineServer server = LineServer.Tcp();
        await using GodotClient client =
            GodotClient.Tcp("127.0.0.1", server.Port, new() { BufferSize = 64 * 1024 * 1024, FlushTimeout = TimeSpan.FromMilliseconds(1) });
        var changes = client.Changes();
        for (int i = 0; i < 20_000; i++) await client.SendAsync(Some.EventOf(1000));
        using LineConnection connection = await server.AcceptAsync();
        // Until a write is held up.
        for (long sent = -1; sent != client.Sent; await Task.Delay(100)) sent = client.Sent;
        Assert.True(client.Pending > 0);
        connection.End([]);
        Assert.Equal("closed by the server", (await changes.Next(ConnectionState.Disconnected)).Exception?.Message);
    }
}
