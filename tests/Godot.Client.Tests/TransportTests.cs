namespace Godot.Client.Tests;

public class TransportTests
{
    [Fact]
    public async Task Sends_over_TCP_in_order()
    {
        using LineServer server = LineServer.Tcp();
        await using GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port);
        await client.SendAsync(Some.Events(10_000));
        using LineConnection connection = await server.AcceptAsync();
        Assert.Equal(Enumerable.Range(0, 10_000), Some.Numbers(await connection.ReadAsync(10_000)));
    }

    [Fact]
    public async Task Sends_over_a_unix_socket_in_order()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using LineServer server = LineServer.Unix(path);
            await using GodotClient client = GodotClient.Unix(path);
            await client.SendAsync(Some.Events(10_000));
            using LineConnection connection = await server.AcceptAsync();
            Assert.Equal(Enumerable.Range(0, 10_000), Some.Numbers(await connection.ReadAsync(10_000)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Finds_localhost_where_only_IPv4_listens()
    {
        using LineServer server = LineServer.Tcp();
        await using GodotClient client = GodotClient.Tcp("localhost", server.Port);
        await client.StartAsync().Soon();
    }

    [Fact]
    public async Task Finds_localhost_where_only_IPv6_listens()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using LineServer server = LineServer.Tcp6();
        await using GodotClient client = GodotClient.Tcp("localhost", server.Port);
        await client.StartAsync().Soon();
    }

    [Fact]
    public async Task Loses_nothing_of_concurrent_senders_and_keeps_the_order_of_each()
    {
        const int Senders = 8, Each = 5_000;
        using LineServer server = LineServer.Tcp();
        await using GodotClient client =
            GodotClient.Tcp("127.0.0.1", server.Port, new() { BufferSize = 16 * 1024, WhenFull = WhenFull.Wait });
        Task sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++) await client.SendAsync(Some.Event(sender * Each + i));
        })));
        using LineConnection connection = await server.AcceptAsync();
        List<int> numbers = Some.Numbers(await connection.ReadAsync(Senders * Each));
        await sending.Soon();

        foreach (IGrouping<int, int> sender in numbers.GroupBy(number => number / Each))
            Assert.Equal(Enumerable.Range(sender.Key * Each, Each), sender);
        Assert.Equal(Senders * Each, client.Sent);
        Assert.Equal(0, client.Dropped);
    }

    [Fact]
    public async Task Waits_for_a_slow_reader()
    {
        using LineServer server = LineServer.Tcp();
        await using GodotClient client =
            GodotClient.Tcp("127.0.0.1", server.Port, new() { BufferSize = 64 * 1024, WhenFull = WhenFull.Wait });
        await client.StartAsync().Soon();
        using LineConnection connection = await server.AcceptAsync();

        // More than the buffer and both kernels hold, so that a send has to wait.
        int sent = 0;
        ValueTask send;
        while ((send = client.SendAsync(Some.EventOf(1_000))).IsCompleted && sent < 100_000) sent++;
        Assert.False(send.IsCompleted);

        await connection.ReadAsync(sent + 1);
        await send.Soon();
        Assert.Equal(0, client.Dropped);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("host", 0)]
    [InlineData("host", 65_536)]
    public void Refuses_an_address_that_cannot_be_one(string host, int port)
    {
        Assert.ThrowsAny<ArgumentException>(() => GodotClient.Tcp(host, port));
        Assert.ThrowsAny<ArgumentException>(() => GodotClient.Udp(host, port));
    }
}
