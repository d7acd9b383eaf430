namespace Godot;

/// <summary>examples/client.cs: beats against a server.</summary>
[Collection(nameof(Examples))]
public sealed class ClientProgramTests(Examples examples) : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_beats_until_it_is_told_to_end()
    {
        Seen seen = new();
        await using GodotServer server = GodotServer.Tcp(Examples.Port, "127.0.0.1").React(seen.Recipe);
        await server.StartAsync(TestContext.Current.CancellationToken);

        using Child client = await examples.Start("client", folder.Path);
        Event beat = (await seen.Count(1))[0];
        client.Send(Signal.Terminate);

        Assert.Equal(0, await client.Exit());
        Assert.Equal("Connected to tcp://localhost:9876.\n", client.Output + client.Error);
        Event expected =
            new() { Host = "app.server.com", Service = "app.server/health/heartbeat", State = "ok", Time = beat.Time,
                Ttl = TimeSpan.FromSeconds(60) };
        Assert.Equal(expected, beat);
    }
}
