using System.Text.Json;

namespace Godot.Client.Tests;

public class ProducerTests : ByHand
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Sends_at_once_and_then_at_each_interval_with_the_time_of_each()
    {
        GodotClient client = NewClient();
        client.Produce(new() { Host = "h", Service = "s", Every = Every });
        await client.StartAsync().Soon();
        for (int i = 0; i < 5; i++)
        {
            using JsonDocument e = await NextAsync();
            Assert.Equal("h", e.RootElement.GetProperty("host").GetString());
            Assert.Equal("s", e.RootElement.GetProperty("service").GetString());
            Assert.Equal("ok", e.RootElement.GetProperty("state").GetString());
            Assert.Equal(Clock.GetUtcNow().ToUnixTimeSeconds(), e.RootElement.GetProperty("time").GetDouble());
            Clock.Advance(Every);
        }
    }

    [Fact]
    public async Task A_metric_of_0_stays_0_and_no_metric_stays_none()
    {
        GodotClient client = NewClient();
        client.Produce(new() { Metric = 0, Every = Every });
        await client.StartAsync().Soon();
        using JsonDocument zero = await NextAsync();
        Assert.Equal(0, zero.RootElement.GetProperty("metric").GetDouble());

        client.Produce(new() { Every = Every });
        using JsonDocument none = await NextAsync();
        Assert.False(none.RootElement.TryGetProperty("metric", out _));
    }

    [Fact]
    public async Task The_ttl_is_four_times_the_interval_unless_it_is_set()
    {
        Assert.Equal(TimeSpan.FromSeconds(60), new Producer { Every = Every }.Ttl);
        Assert.Equal(TimeSpan.FromSeconds(7), new Producer { Every = Every, Ttl = TimeSpan.FromSeconds(7) }.Ttl);

        GodotClient client = NewClient();
        client.Produce(new() { Every = Every });
        await client.StartAsync().Soon();
        using JsonDocument e = await NextAsync();
        Assert.Equal(60, e.RootElement.GetProperty("ttl").GetDouble());
    }

    [Fact]
    public async Task The_host_is_this_machine_unless_it_is_set()
    {
        GodotClient client = NewClient();
        client.Produce(new() { Every = Every });
        await client.StartAsync().Soon();
        using JsonDocument e = await NextAsync();
        Assert.Equal(Environment.MachineName, e.RootElement.GetProperty("host").GetString());
    }

    [Fact]
    public async Task Measures_at_each_tick_and_sends_nothing_for_null()
    {
        GodotClient client = NewClient();
        int ticks = 0;
        client.Produce(new() { Every = Every, Measure = e => ++ticks == 2 ? null : e with { Metric = ticks } });
        await client.StartAsync().Soon();
        using JsonDocument first = await NextAsync();
        Assert.Equal(1, first.RootElement.GetProperty("metric").GetInt32());

        Clock.Advance(Every);
        SpinWait.SpinUntil(() => Volatile.Read(ref ticks) == 2, 20_000);
        Clock.Advance(Every);
        using JsonDocument third = await NextAsync();
        Assert.Equal(3, third.RootElement.GetProperty("metric").GetInt32());
    }

    [Fact]
    public async Task A_measurement_that_throws_loses_its_tick_only_and_is_counted()
    {
        GodotClient client = NewClient();
        int ticks = 0;
        client.Produce(
            new() { Every = Every, Measure = e => ++ticks == 1 ? throw new InvalidOperationException() : e with { Metric = ticks } });
        await client.StartAsync().Soon();
        SpinWait.SpinUntil(() => client.ProducerErrors == 1, 20_000);
        Clock.Advance(Every);
        using JsonDocument second = await NextAsync();
        Assert.Equal(2, second.RootElement.GetProperty("metric").GetInt32());
        Assert.Equal(1, client.ProducerErrors);
    }

    [Fact]
    public async Task A_measurement_that_keeps_throwing_is_logged_once_a_minute()
    {
        LogLines log = new();
        GodotClient client = NewClient(new() { LoggerFactory = log });
        client.Produce(new() { Service = "s", Every = Every, Measure = _ => throw new InvalidOperationException() });
        await client.StartAsync().Soon();
        for (int tick = 1; tick <= 9; tick++)
        {
            SpinWait.SpinUntil(() => client.ProducerErrors == tick, 20_000);
            Clock.Advance(Every);
        }
        SpinWait.SpinUntil(() => client.ProducerErrors == 10, 20_000);
        // At the first, the fifth and the ninth tick.
        Assert.Equal(3, log.Lines.Count(line => line.Contains("producer", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_late_timer_does_not_send_a_burst()
    {
        GodotClient client = NewClient();
        client.Produce(new() { Every = Every });
        await client.StartAsync().Soon();
        (await NextAsync()).Dispose();
        Clock.Advance(Every * 10);
        (await NextAsync()).Dispose();
        Clock.Advance(Every);
        (await NextAsync()).Dispose();
        await client.FlushAsync().Soon();
        Assert.Equal(3, client.Sent);
    }

    [Fact]
    public async Task Is_added_and_removed_while_the_client_runs()
    {
        GodotClient client = NewClient();
        await client.StartAsync().Soon();
        Producer a = new() { Service = "a", Every = Every }, b = new() { Service = "b", Every = Every };
        client.Produce(a).Produce(a);
        Assert.Equal("a", await NextServiceAsync());
        client.Produce(b);
        Assert.Equal("b", await NextServiceAsync());
        client.Remove(a).Remove(a);
        Clock.Advance(Every);
        Assert.Equal("b", await NextServiceAsync());
        Clock.Advance(Every);
        Assert.Equal("b", await NextServiceAsync());
    }

    [Fact]
    public void Refuses_what_cannot_be_sent()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Producer { Every = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Producer { Every = TimeSpan.FromDays(50) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Producer { Every = Every, Ttl = -Every });
        Assert.Throws<ArgumentException>(() => new Producer { Every = Every, Metric = double.NaN });
        Assert.Throws<ArgumentException>(() => new Producer { Every = Every, State = new('x', 255) });
    }

    async Task<JsonDocument> NextAsync()
    {
        string write = await Transport.Writes.Next();
        await Transport.EndWriteAsync();
        return JsonDocument.Parse(write);
    }

    async Task<string?> NextServiceAsync()
    {
        using JsonDocument e = await NextAsync();
        return e.RootElement.GetProperty("service").GetString();
    }
}
