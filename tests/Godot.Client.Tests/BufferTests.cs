using System.Text;

namespace Godot.Client.Tests;

public class BufferTests : ByHand
{
    [Fact]
    public async Task Sends_at_once_when_idle_and_fills_writes_of_up_to_64_KiB_when_busy()
    {
        GodotClient client = NewClient();
        await client.SendAsync(Some.Event(0));
        Assert.Equal([0], Some.Numbers(Some.Lines(await Transport.Writes.Next())));

        // While that write lasts, more comes together.
        await client.SendAsync(Some.Events(10_000, from: 1));
        List<string> writes = [];
        for (int written = 1; written < 10_001; written += Some.Lines(writes[^1]).Length)
        {
            await Transport.EndWriteAsync();
            writes.Add(await Transport.Writes.Next());
        }
        await Transport.EndWriteAsync();
        await client.FlushAsync().Soon();

        Assert.All(writes, write => Assert.InRange(Encoding.UTF8.GetByteCount(write), 1, 64 * 1024));
        Assert.All(writes.SkipLast(1), write => Assert.InRange(Encoding.UTF8.GetByteCount(write), 60 * 1024, 64 * 1024));
        Assert.Equal(Enumerable.Range(1, 10_000), Some.Numbers(writes.SelectMany(Some.Lines)));
    }

    [Fact]
    public async Task Waits_when_full_if_it_is_told_to()
    {
        GodotClient client = NewClient(new() { BufferSize = 1024, WhenFull = WhenFull.Wait });
        await client.SendAsync(Some.EventOf(800));
        await Transport.Writes.Next();
        ValueTask send = client.SendAsync(Some.EventOf(800));
        Assert.False(send.IsCompleted);

        await Transport.EndWriteAsync();
        await send.Soon();
        await Transport.EndWriteAsync();
        await client.FlushAsync().Soon();
        Assert.Equal((2, 0), (client.Sent, client.Dropped));
    }

    [Fact]
    public async Task Stops_waiting_when_the_sender_is_cancelled_and_does_not_send_that_event()
    {
        GodotClient client = NewClient(new() { BufferSize = 1024 });
        await client.SendAsync(Some.EventOf(800));
        using CancellationTokenSource cancel = new();
        ValueTask send = client.SendAsync(Some.EventOf(800), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send.Soon());

        await Transport.EndWriteAsync();
        await client.FlushAsync().Soon();
        Assert.Equal((1, 0), (client.Sent, client.Pending));
    }

    [Fact]
    public async Task Drops_the_oldest_and_counts_them_when_full_and_disconnected()
    {
        Transport.Down = true;
        GodotClient client = NewClient(new() { BufferSize = 1024, WhenFull = WhenFull.DropOldest, Host = null });
        var changes = client.Changes();
        await client.SendAsync(Some.Event(0));
        ConnectionChange failed = await changes.Next(ConnectionState.Disconnected);
        await client.SendAsync(Some.Events(999, from: 1)).Soon();

        Transport.Down = false;
        Clock.Advance(failed.RetryIn!.Value);
        List<int> numbers = [];
        while (numbers.Count < 1_000 - client.Dropped)
        {
            numbers.AddRange(Some.Numbers(Some.Lines(await Transport.Writes.Next())));
            await Transport.EndWriteAsync();
        }
        await client.FlushAsync().Soon();
        Assert.Equal(Enumerable.Range(1_000 - numbers.Count, numbers.Count), numbers);
        Assert.InRange(numbers.Count, 20, 50);
        Assert.Equal((numbers.Count, 1_000 - numbers.Count), (client.Sent, client.Dropped));
    }

    [Fact]
    public async Task Waits_at_its_first_attempt_and_drops_when_that_has_failed()
    {
        Transport.Down = true;
        GodotClient client = NewClient(new() { BufferSize = 1024 });
        TaskCompletionSource go = new();
        client.ConnectionChanged += (_, _) => go.Task.Wait();
        await client.SendAsync(Some.EventOf(800));
        ValueTask send = client.SendAsync(Some.EventOf(800));
        Assert.False(send.IsCompleted);

        go.SetResult();
        await send.Soon();
        Assert.Equal((1, 1), (client.Dropped, client.Pending));
    }

    [Fact]
    public async Task Refuses_an_event_that_is_larger_than_the_whole_buffer_and_goes_on()
    {
        GodotClient client = NewClient(new() { BufferSize = 1024 });
        await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(Some.EventOf(2_000)).Soon());
        await client.SendAsync(Some.Event(1));
        Assert.Equal([1], Some.Numbers(Some.Lines(await Transport.Writes.Next())));
        await Transport.EndWriteAsync();
    }

    [Fact]
    public async Task Writes_an_event_of_more_than_64_KiB_alone_and_whole()
    {
        GodotClient client = NewClient();
        await client.SendAsync(Some.Event(0));
        await Transport.Writes.Next();
        await client.SendAsync([Some.Event(1), Some.EventOf(300_000), Some.Event(2)]);
        List<string> writes = [];
        for (int i = 0; i < 3; i++)
        {
            await Transport.EndWriteAsync();
            writes.Add(await Transport.Writes.Next());
        }
        await Transport.EndWriteAsync();
        Assert.Equal(1, Some.Number(writes[0]));
        Assert.InRange(writes[1].Length, 300_000, 300_100);
        Assert.Equal(2, Some.Number(writes[2]));
    }

    [Fact]
    public async Task Writes_an_event_that_was_parsed_from_indented_JSON_as_one_line()
    {
        GodotClient client = NewClient();
        await client.SendAsync(Event.Parse("{\r\n  \"host\": \"a\"\r\n}"));
        Assert.Equal("{    \"host\": \"a\"  }\n", await Transport.Writes.Next());
        await Transport.EndWriteAsync();
    }

    [Fact]
    public async Task Flush_completes_when_what_came_before_was_written_and_not_earlier()
    {
        GodotClient client = NewClient();
        await client.FlushAsync().Soon();
        await client.SendAsync(Some.Event(0));
        Task flush = client.FlushAsync();
        await Transport.Writes.Next();
        await client.SendAsync(Some.Event(1));
        Task later = client.FlushAsync();
        Assert.False(flush.IsCompleted);

        await Transport.EndWriteAsync();
        await flush.Soon();
        Assert.False(later.IsCompleted);
        Assert.Equal((1, 1), (client.Sent, client.Pending));

        await Transport.EndWriteAsync();
        await later.Soon();
    }

    [Fact]
    public async Task Sending_allocates_nothing_when_there_is_room()
    {
        GodotClient client = NewClient();
        Event e = Some.Event(1);
        await client.SendAsync(e);
        await Transport.Writes.Next();
        for (int i = 0; i < 1_000; i++) await client.SendAsync(e);
        await Transport.EndWriteAsync();
        await Transport.Writes.Next();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) await client.SendAsync(e);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        await Transport.EndWriteAsync();
        await Transport.EndWriteAsync();
    }
}
