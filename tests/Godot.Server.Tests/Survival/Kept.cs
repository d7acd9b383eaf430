using Godot.Common;
using Godot.Storage;

namespace Godot;

/// <summary>A server that keeps what it knows, started again and again in one folder and one virtual time; nothing listens.</summary>
sealed class Kept : IAsyncDisposable
{
    readonly TemporaryFolder folder = new();
    readonly List<GodotServer> servers = [];

    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));

    public string Folder => folder.Path;

    public LogLines Log { get; private set; } = new();

    public GodotServer Server { get; private set; } = new();

    /// <summary>The snapshots in the folder.</summary>
    public SnapshotFiles Files => new(Folder, GodotServer.Program);

    public GodotServer Of(params ReadOnlySpan<(string Name, Recipe Recipe)> reactors)
    {
        Log = new LogLines();
        GodotServer server = new GodotServer().Data(Folder)
            .With(new() { StartGrace = Grace, Engine = new() { TimeProvider = Clock, LoggerFactory = Log } });
        foreach ((string name, Recipe recipe) in reactors) server.React(name, recipe);
        servers.Add(server);
        return Server = server;
    }

    public TimeSpan Grace { get; init; }

    public Task Start(params ReadOnlySpan<(string Name, Recipe Recipe)> reactors) =>
        Of(reactors).StartAsync(TestContext.Current.CancellationToken);

    public Task Stop() => Server.StopAsync(TestContext.Current.CancellationToken);

    public void Feed(string host, double? metric = null) =>
        Server.Run!.Engine.Feed(new Event { Host = host, Service = "s", Metric = metric });

    public async ValueTask DisposeAsync()
    {
        foreach (GodotServer server in servers) await server.DisposeAsync();
        folder.Dispose();
    }
}
