using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Godot.Client.Tests;

public class UdpTests
{
    [Fact]
    public async Task Sends_one_event_a_datagram()
    {
        using DatagramServer server = new();
        await using GodotClient client = GodotClient.Udp("127.0.0.1", server.Port);
        await client.SendAsync(Some.Events(100));
        for (int i = 0; i < 100; i++) Assert.Equal(i, Some.Number(await server.ReadAsync()));
    }

    [Fact]
    public async Task Packs_on_request_datagrams_of_up_to_1400_bytes()
    {
        using DatagramServer server = new();
        await using GodotClient client = GodotClient.Udp("127.0.0.1", server.Port, new() { PackDatagrams = true });
        // All wait together before the first is written.
        TaskCompletionSource go = new();
        client.ConnectionChanged += (_, _) => go.Task.Wait();
        await client.SendAsync(Some.Events(200));
        go.SetResult();

        List<int> numbers = [];
        int datagrams = 0;
        for (; numbers.Count < 200; datagrams++)
        {
            string datagram = await server.ReadAsync();
            Assert.InRange(Encoding.UTF8.GetByteCount(datagram), 1, 1_400);
            Assert.False(datagram.EndsWith('\n'));
            numbers.AddRange(Some.Numbers(Some.Lines(datagram)));
        }
        Assert.Equal(Enumerable.Range(0, 200), numbers);
        Assert.InRange(datagrams, 2, 10);
    }

    [Fact]
    public async Task Sends_an_event_that_is_too_large_to_be_packed_alone()
    {
        using DatagramServer server = new();
        await using GodotClient client = GodotClient.Udp("127.0.0.1", server.Port, new() { PackDatagrams = true });
        await client.SendAsync([Some.EventOf(5_000), Some.Event(1)]);
        Assert.InRange((await server.ReadAsync()).Length, 5_000, 5_100);
        Assert.Equal(1, Some.Number(await server.ReadAsync()));
    }

    [Fact]
    public async Task Drops_and_counts_an_event_that_no_datagram_can_carry()
    {
        using DatagramServer server = new();
        await using GodotClient client = GodotClient.Udp("127.0.0.1", server.Port);
        await client.SendAsync([Some.EventOf(70_000), Some.Event(1)]);
        Assert.Equal(1, Some.Number(await server.ReadAsync()));
        await client.FlushAsync().Soon();
        Assert.Equal((1, 1), (client.Sent, client.Dropped));
    }

    [Fact]
    public async Task Lives_on_and_counts_when_nobody_listens()
    {
        await using GodotClient client = GodotClient.Udp("127.0.0.1", LineServer.FreePort());
        for (int i = 0; i < 10; i++)
        {
            await client.SendAsync(Some.Event(i));
            await client.FlushAsync().Soon();
        }
        Assert.True(client.IsConnected);
        Assert.Equal(10, client.Sent);
        Assert.InRange(client.Refused, 1, 10);
    }

    [Fact]
    public async Task Finds_localhost()
    {
        using DatagramServer server = new();
        await using GodotClient client = GodotClient.Udp("localhost", server.Port);
        await client.SendAsync(Some.Event(7));
        Assert.Equal(7, Some.Number(await server.ReadAsync()));
    }

    [Fact]
    public async Task Finds_localhost_where_only_IPv6_listens_after_the_first_refusal()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using DatagramServer server = new(IPAddress.IPv6Loopback);
        await using GodotClient client = GodotClient.Udp("localhost", server.Port);
        Task<string> read = server.ReadAsync();
        int sent = 0;
        while (!read.IsCompleted && sent < 1_000)
        {
            await client.SendAsync(Some.Event(sent++));
            await client.FlushAsync().Soon();
        }
        Assert.InRange(Some.Number(await read), 1, sent);
        Assert.Equal(1, client.Refused);
    }
}
