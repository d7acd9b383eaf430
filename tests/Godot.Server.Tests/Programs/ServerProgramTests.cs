namespace Godot;

/// <summary>examples/server.cs, published: one native file, as it would run on a server.</summary>
[Collection(nameof(Examples))]
public sealed class ServerProgramTests(Examples examples) : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_is_one_file_and_the_library_that_keeps_incidents()
    {
        string published = await examples.Publish();

        // Symbols for a debugger stand beside it; it runs without them.
        Assert.Equal(["libe_sqlite3.so", "server"],
            Directory.GetFiles(published).Select(Path.GetFileName).Where(name => !name!.EndsWith(".dbg", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_takes_heartbeats_and_ends_well()
    {
        using Serving server = await examples.ServePublished(folder.Path);
        await using GodotClient client = GodotClient.Tcp("localhost", Examples.Port)
            .Produce(new Producer { Host = "app.server.com", Service = "app.server/health/heartbeat", Every = TimeSpan.FromSeconds(15) });

        await client.StartAsync(TestContext.Current.CancellationToken);

        await server.Reaches("godot_events_received_total{input=\"tcp:9876\"}", 1);
        await server.Reaches("godot_series", 1);
        await server.Stop();
    }

    [Fact]
    public async Task After_kill_9_it_listens_again_at_once()
    {
        using Serving first = await examples.ServePublished(folder.Path);
        await using GodotClient client = GodotClient.Tcp("localhost", Examples.Port);
        await client.SendAsync(new Event { Service = "a/health/heartbeat" }, TestContext.Current.CancellationToken);
        await first.Reaches("godot_events_received_total", 1);
        await first.Kill();

        using Serving second = await examples.ServePublished(folder.Path);

        await Eventually.True(() => client.IsConnected && client.Reconnects > 0);
        await client.SendAsync(new Event { Service = "a/health/heartbeat" }, TestContext.Current.CancellationToken);
        await second.Reaches("godot_events_received_total", 1);
        await second.Stop();
    }
}
