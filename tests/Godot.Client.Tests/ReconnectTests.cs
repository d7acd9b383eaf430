namespace Godot.Client.Tests;

public class ReconnectTests : ByHand
{
    [Fact]
    public async Task Tries_again_after_ever_longer_waits_and_tells_of_each_attempt()
    {
        Transport.Down = true;
        GodotClient client = NewClient();
        var changes = client.Changes();
        Task started = client.StartAsync();
        double ceiling = 0.1;
        for (int attempt = 1; attempt <= 20; attempt++)
        {
            Assert.Equal(new(ConnectionState.Connecting, attempt), await changes.Next());
            ConnectionChange failed = await changes.Next();
            Assert.Equal((ConnectionState.Disconnected, attempt), (failed.State, failed.Attempt));
            Assert.Equal("down", failed.Exception!.Message);
            Assert.InRange(failed.RetryIn!.Value.TotalSeconds, 0, ceiling);
            ceiling = Math.Min(ceiling * 2, 30);
            if (attempt == 20) Transport.Down = false;
            Clock.Advance(failed.RetryIn.Value);
        }
        Assert.Equal(new(ConnectionState.Connecting, 21), await changes.Next());
        Assert.Equal(new(ConnectionState.Connected, 21), await changes.Next());
        await started.Soon();
        Assert.True(client.IsConnected);
        Assert.Equal(0, client.Reconnects);
    }

    [Fact]
    public async Task Does_not_try_before_the_wait_is_over()
    {
        Transport.Down = true;
        GodotClient client = NewClient();
        var changes = client.Changes();
        _ = client.StartAsync();
        TimeSpan wait = (await changes.Next(ConnectionState.Disconnected)).RetryIn!.Value;
        Transport.Down = false;
        Clock.Advance(wait - TimeSpan.FromMilliseconds(5));
        Assert.False(changes.Reader.TryPeek(out _));
        Clock.Advance(TimeSpan.FromMilliseconds(5));
        await changes.Next(ConnectionState.Connected);
    }

    [Fact]
    public async Task Connects_again_at_once_when_the_server_closes_an_idle_connection()
    {
        GodotClient client = NewClient();
        var changes = client.Changes();
        await client.StartAsync().Soon();
        await changes.Next(ConnectionState.Connected);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Transport.Close();
        Assert.Equal(new(ConnectionState.Disconnected, 0, TimeSpan.Zero), await changes.Next());
        Assert.Equal(new(ConnectionState.Connecting, 1), await changes.Next());
        Assert.Equal(new(ConnectionState.Connected, 1), await changes.Next());
        Assert.Equal(1, client.Reconnects);
    }

    [Fact]
    public async Task Waits_ever_longer_for_a_server_that_accepts_and_closes()
    {
        GodotClient client = NewClient();
        var changes = client.Changes();
        _ = client.StartAsync();
        TimeSpan longest = TimeSpan.Zero;
        for (int i = 0; i < 10; i++)
        {
            await changes.Next(ConnectionState.Connected);
            Transport.Close();
            TimeSpan wait = (await changes.Next(ConnectionState.Disconnected)).RetryIn!.Value;
            if (wait > longest) longest = wait;
            Clock.Advance(wait);
        }
        Assert.InRange(longest.TotalSeconds, 5, 30);
    }

    [Fact]
    public async Task Writes_again_what_was_not_wholly_written()
    {
        GodotClient client = NewClient();
        var changes = client.Changes();
        await client.SendAsync(Some.Event(0));
        string first = await Transport.Writes.Next();
        await client.SendAsync(Some.Events(2, from: 1));
        await Transport.BreakWriteAsync();
        ConnectionChange broke = await changes.Next(ConnectionState.Disconnected);
        Assert.Equal("broken", broke.Exception!.Message);
        Clock.Advance(broke.RetryIn!.Value);

        Assert.Equal(first, await Transport.Writes.Next());
        await Transport.EndWriteAsync();
        Assert.Equal([1, 2], Some.Numbers(Some.Lines(await Transport.Writes.Next())));
        await Transport.EndWriteAsync();
        await client.FlushAsync().Soon();
        Assert.Equal((3, 0), (client.Sent, client.Dropped));
    }

    [Fact]
    public async Task Gives_up_after_as_many_attempts_as_are_allowed_and_says_so()
    {
        Transport.Down = true;
        GodotClient client = NewClient(new() { MaxAttempts = 2 });
        var changes = client.Changes();
        await client.SendAsync(Some.Event(0));
        Task flush = client.FlushAsync();
        Clock.Advance((await changes.Next(ConnectionState.Disconnected)).RetryIn!.Value);
        ConnectionChange end = await changes.Next(ConnectionState.GaveUp);
        Assert.Equal((2, null), (end.Attempt, end.RetryIn));

        await Assert.ThrowsAsync<IOException>(() => flush.Soon());
        await Assert.ThrowsAsync<IOException>(() => client.StartAsync().Soon());
        IOException thrown = await Assert.ThrowsAsync<IOException>(async () => await client.SendAsync(Some.Event(1)));
        Assert.Equal("The client gave up on manual after 2 failed attempts: down", thrown.Message);
        Assert.Equal((1, 0), (client.Dropped, client.Pending));
        await Assert.ThrowsAsync<IOException>(() => client.RunAsync().Soon());
    }

    [Fact]
    public async Task A_handler_that_throws_does_not_disturb_the_client()
    {
        GodotClient client = NewClient();
        client.ConnectionChanged += (_, _) => throw new InvalidOperationException();
        await client.SendAsync(Some.Event(0));
        await Transport.EndWriteAsync();
        await client.FlushAsync().Soon();
    }

    [Fact]
    public async Task All_that_is_sent_after_the_server_came_back_arrives_in_whole_lines()
    {
        LineServer server = LineServer.Tcp();
        int port = server.Port;
        await using GodotClient client = GodotClient.Tcp("127.0.0.1", port, new() { BackoffMax = TimeSpan.FromMilliseconds(20) });
        var changes = client.Changes();
        await client.StartAsync().Soon();
        LineConnection connection = await server.AcceptAsync();

        // It dies in the middle of a stream.
        using CancellationTokenSource enough = new();
        Task<int> stream = Task.Run(async () =>
        {
            int number = 0;
            while (!enough.IsCancellationRequested) await client.SendAsync(Some.Event(number++));
            return number;
        });
        await connection.ReadAsync(1_000);
        server.Dispose();
        connection.Reset();
        await changes.Next(ConnectionState.Disconnected);
        await enough.CancelAsync();
        int sent = await stream.Soon();

        using LineServer again = LineServer.Tcp(port);
        connection = await again.AcceptAsync();
        await client.SendAsync(Some.Events(10_000, from: sent)).Soon();
        List<int> numbers = [];
        while (numbers is [] || numbers[^1] < sent + 9_999) numbers.AddRange(Some.Numbers(await connection.ReadAsync(1)));
        connection.Dispose();

        // From some event on, everything, in order.
        Assert.Equal(Enumerable.Range(numbers[0], numbers.Count), numbers);
        Assert.InRange(numbers[0], 0, sent);
        Assert.Equal(0, client.Pending);
    }

    [Fact]
    public async Task Notices_at_once_that_a_server_closed_which_is_sent_nothing()
    {
        using LineServer server = LineServer.Tcp();
        await using GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port);
        await client.StartAsync().Soon();
        (await server.AcceptAsync()).Dispose();
        using LineConnection next = await server.AcceptAsync();
        await client.SendAsync(Some.Event(5));
        Assert.Equal(5, Some.Number((await next.ReadAsync())!));
    }

    [Fact]
    public async Task Gives_an_attempt_up_after_the_connect_timeout()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems answer when the backlog is full.");
        using LineServer server = LineServer.Busy();
        await using GodotClient first = GodotClient.Tcp("127.0.0.1", server.Port);
        await first.StartAsync().Soon();

        GodotClientOptions options = new() { TimeProvider = Clock, MaxAttempts = 1 };
        await using GodotClient client = GodotClient.Tcp("127.0.0.1", server.Port, options);
        var changes = client.Changes();
        Task started = client.StartAsync();
        await changes.Next(ConnectionState.Connecting);
        while (!started.IsCompleted)
        {
            Clock.Advance(options.ConnectTimeout);
            await Task.Yield();
        }
        Assert.IsType<TimeoutException>((await changes.Next(ConnectionState.GaveUp)).Exception);
        await Assert.ThrowsAsync<IOException>(() => started);
    }
}
