using StackExchange.Redis;

namespace Godot.Outputs.Tests;

/// <summary>Against a real server.</summary>
public sealed class RedisTests
{
    static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_function_writes_each_event_in_order()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        Engine engine = new();
        engine.Add(Reactor.Redis(server.Configuration, (db, e) => db.ListRightPushAsync(e.Service, e.Metric)));
        for (int i = 0; i < 20; i++) engine.Feed(new Event { Service = "cpu", Metric = i });
        await engine.StopAsync(Stop);
        Assert.Equal(Enumerable.Range(0, 20), (await (await server.OpenAsync()).ListRangeAsync("cpu")).Select(value => (int)value));
    }

    [Fact]
    public async Task A_server_that_is_away_is_waited_for()
    {
        RedisServer first = await RedisServer.StartAsync();
        await using Engine engine = new();
        engine.Add(Reactor.Redis(first.Configuration, (db, e) => db.StringSetAsync(e.Service, e.Metric)));
        engine.Feed(new Event { Service = "a", Metric = 1 });
        await Written(await first.OpenAsync(), "a", 1);
        await first.DisposeAsync();
        engine.Feed(new Event { Service = "b", Metric = 2 });
        await using RedisServer second = await RedisServer.StartAsync(first.Port);
        await Written(await second.OpenAsync(), "b", 2);
    }

    [Fact]
    public async Task What_the_server_or_the_function_refuses_holds_nothing_up()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        Engine engine = new();
        engine.Add(Reactor.Redis(server.Configuration, (db, e) => e.Metric == 0 ? throw new InvalidOperationException() : e.Metric == 1
            ? db.ExecuteAsync("NONSENSE") : db.StringSetAsync(e.Service, e.Metric)));
        for (int i = 0; i < 3; i++) engine.Feed(new Event { Service = "a", Metric = i });
        await engine.StopAsync(Stop);
        Assert.Equal(2, (int)await (await server.OpenAsync()).StringGetAsync("a"));
        Assert.Equal(2, Assert.Single(engine.Outputs).Report.Abandoned);
    }

    [Fact]
    public async Task A_batch_goes_on_behind_what_was_written()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        List<double?> asked = [];
        await using RedisOutput output = new(new RedisRecipe(server.Configuration, (_, e) =>
        {
            asked.Add(e.Metric);
            return asked.Count == 2 ? throw new RedisTimeoutException(CommandFlags.None, "late", CommandStatus.Sent) : Task.CompletedTask;
        }));
        Notification[] batch = [new("r", [new Event { Metric = 1 }, new Event { Metric = 2 }, new Event { Metric = 3 }])];

        await Assert.ThrowsAsync<IOException>(() => output.SendAsync(batch, Stop));
        await output.SendAsync(batch, Stop);

        Assert.Equal([1, 2, 2, 3], asked);
    }

    [Fact]
    public async Task What_is_refused_of_a_batch_does_not_hold_up_the_rest()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        Engine engine = new();
        engine.Add(Reactor.EventWindow(3).Redis(
            server.Configuration,
            (db, e) => e.Metric == 0 ? throw new InvalidOperationException() : db.ListRightPushAsync("a", e.Metric)));
        for (int i = 0; i < 6; i++) engine.Feed(new Event { Service = "a", Metric = i });
        await engine.StopAsync(Stop);
        Assert.Equal([1, 2, 3, 4, 5], (await (await server.OpenAsync()).ListRangeAsync("a")).Select(value => (int)value));
        Assert.Equal(1, Assert.Single(engine.Outputs).Report.Abandoned);
    }

    [Fact]
    public void Its_text_says_no_password() =>
        Assert.Equal("""Redis("redis.host.com:6379", (db, e) => db.StringSetAsync("x", "y"))""",
            Reactor.Redis("redis.host.com:6379,password=secret", (db, e) => db.StringSetAsync("x", "y")).ToString());

    [Fact]
    public void Without_a_server_it_is_refused() => Assert.Throws<ArgumentException>(() => Reactor.Redis("", (_, _) => Task.CompletedTask));

    static async Task Written(IDatabase db, string key, int value)
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            if (await db.StringGetAsync(key) == value) return;
            await Task.Delay(100, Stop);
        }
        Assert.Fail($"{key} was not written.");
    }
}
