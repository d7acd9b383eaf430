using Microsoft.Extensions.Time.Testing;

namespace Godot.Client.Tests;

/// <summary>Tests of a client whose transport and whose time are moved by hand.</summary>
public abstract class ByHand : IAsyncDisposable
{
    readonly List<GodotClient> clients = [];

    private protected ManualTransport Transport { get; } = new();

    private protected FakeTimeProvider Clock { get; } = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private protected GodotClient NewClient(GodotClientOptions? options = null)
    {
        GodotClient client = new(Transport, (options ?? new()) with { TimeProvider = Clock, Seed = 1 });
        clients.Add(client);
        return client;
    }

    /// <summary>Ends the clients, whatever they still hold.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (GodotClient client in clients)
        {
            ValueTask end = client.DisposeAsync();
            Clock.Advance(TimeSpan.FromMinutes(1));
            await end.Soon();
        }
    }
}
