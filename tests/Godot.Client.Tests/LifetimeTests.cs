using Microsoft.Extensions.Time.Testing;

namespace Godot.Client.Tests;

public class LifetimeTests
{
    [Fact]
    public async Task What_the_system_has_taken_arrives_though_the_client_ends_while_nobody_reads()
    {
        using LineServer server = LineServer.Tcp();
        GodotClientOptions options = new() { BufferSize = 64 * 1024 * 1024, FlushTimeout = TimeSpan.FromMilliseconds(1) };
        GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port, options);
        for (int i = 0; i < 20_000; i++) await client.SendAsync(new Event { Metric = i, Description = new string('x', 1000) });
        using LineConnection connection = await server.AcceptAsync();
        await client.DisposeAsync();

        Assert.True(client.Dropped > 0);
        List<string> lines = await connection.ReadToEndAsync();
        Assert.True(lines.Count >= client.Sent, $"{lines.Count} of {client.Sent}");
        Assert.Equal(client.Sent - 1, Event.Parse(lines[(int)client.Sent - 1]).Metric);
    }

    [Fact]
    public async Task RunAsync_writes_what_is_left_when_it_is_cancelled_and_returns()
    {
        using LineServer server = LineServer.Tcp();
        GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port)
            .Produce(new() { Service = "heartbeat", Every = TimeSpan.FromSeconds(15) });
        using CancellationTokenSource cancel = new();
        Task run = client.RunAsync(cancel.Token);
        using LineConnection connection = await server.AcceptAsync();
        Assert.Contains("heartbeat", await connection.ReadAsync(), StringComparison.Ordinal);

        await client.SendAsync(Some.Events(5_000));
        await cancel.CancelAsync();
        await run.Soon();
        Assert.Equal(Enumerable.Range(0, 5_000), Some.Numbers(await connection.ReadToEndAsync()));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.RunAsync());
    }

    [Fact]
    public async Task RunAsync_goes_on_and_ends_though_nobody_reads_what_it_says()
    {
        using LineServer server = LineServer.Tcp();
        TextWriter before = Console.Error;
        using ManualResetEventSlim read = new();
        using CancellationTokenSource cancel = new();
        Task run;
        Console.SetError(new Unread(read));
        try
        {
            run = GodotClient.Tcp("127.0.0.1", server.Port).Produce(new() { Service = "heartbeat", Every = TimeSpan.FromMilliseconds(20) })
                .RunAsync(cancel.Token);
        }
        finally
        {
            Console.SetError(before);
        }
        try
        {
            (await server.AcceptAsync()).Dispose();
            using LineConnection connection = await server.AcceptAsync();
            await connection.ReadAsync(5);
            await cancel.CancelAsync();
            await connection.ReadToEndAsync();
            await run.Soon();
        }
        finally
        {
            read.Set();
        }
    }

    /// <summary>What is written here blocks until somebody reads.</summary>
    sealed class Unread(ManualResetEventSlim read) : StringWriter
    {
        public override void Write(string? value) => read.Wait();

        public override void WriteLine(string? value) => read.Wait();

        public override Task WriteLineAsync(string? value)
        {
            read.Wait();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task RunAsync_returns_at_once_if_it_is_cancelled_already()
    {
        using LineServer server = LineServer.Tcp();
        await GodotClient.Tcp("127.0.0.1", server.Port).RunAsync(new(canceled: true)).Soon();
    }

    [Fact]
    public async Task Dispose_delivers_what_is_left_to_a_slow_reader()
    {
        using LineServer server = LineServer.Tcp();
        GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port);
        await client.SendAsync(Some.Events(20_000));
        using LineConnection connection = await server.AcceptAsync();
        Task dispose = client.DisposeAsync().AsTask();
        List<string> lines = await connection.ReadToEndAsync();
        await dispose.Soon();
        Assert.Equal(Enumerable.Range(0, 20_000), Some.Numbers(lines));
    }

    [Fact]
    public async Task What_the_kernel_has_arrives_though_the_client_is_gone_already()
    {
        using LineServer server = LineServer.Tcp();
        GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port);
        await client.SendAsync(Some.Events(5_000));
        await client.DisposeAsync().Soon();
        using LineConnection connection = await server.AcceptAsync();
        Assert.Equal(Enumerable.Range(0, 5_000), Some.Numbers(await connection.ReadToEndAsync()));
    }

    [Fact]
    public async Task Dispose_gives_up_after_the_flush_timeout_and_counts_the_rest()
    {
        ManualTransport transport = new();
        FakeTimeProvider clock = new();
        GodotClient client = new(transport, new() { TimeProvider = clock });
        await client.SendAsync(Some.Event(0));
        await transport.Writes.Next();
        ValueTask dispose = client.DisposeAsync();
        clock.Advance(TimeSpan.FromSeconds(2));
        await dispose.Soon();
        Assert.Equal((0, 1, 0), (client.Sent, client.Dropped, client.Pending));
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task A_disposed_client_refuses_everything_and_can_be_disposed_again()
    {
        GodotClient client = GodotClient.Tcp("127.0.0.1", 1);
        await client.DisposeAsync();
        await client.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await client.SendAsync(Some.Event(0)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.FlushAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.StartAsync());
        Assert.Throws<ObjectDisposedException>(() => client.Produce(new() { Every = TimeSpan.FromSeconds(1) }));
    }

    [Fact]
    public async Task A_client_that_was_never_used_ends_without_having_connected()
    {
        ManualTransport transport = new();
        GodotClient client = new(transport, new());
        var changes = client.Changes();
        client.Produce(new() { Every = TimeSpan.FromSeconds(1) });
        await client.DisposeAsync();
        Assert.False(changes.Reader.TryRead(out _));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GodotClientOptions { BufferSize = 1023 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GodotClientOptions { BackoffMin = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GodotClientOptions { BackoffMax = TimeSpan.FromDays(50) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GodotClientOptions { MaxAttempts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GodotClientOptions { ConnectTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GodotClientOptions { FlushTimeout = -TimeSpan.FromSeconds(1) });
    }
}
