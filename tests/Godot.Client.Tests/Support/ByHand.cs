using Microsoft.Extensions.Time.Testing;

namespace Godot.Client.Tests;

/// <summary>Tests of a client whose time, and mostly whose transport, are moved by hand.</summary>
public abstract class ByHand : IAsyncDisposable
{
    readonly List<GodotClient> clients = [];

    private protected ManualTransport Transport { get; } = new();

    private protected FakeTimeProvider Clock { get; } = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private protected GodotClient NewClient(GodotClientOptions? options = null) =>
        Ended(new(Transport, (options ?? new()) with { TimeProvider = Clock, Seed = 1 }));

    /// <summary>A client that goes by the clock, and ends with the test, even with one that fails and moves the clock no more.</summary>
    private protected GodotClient Ended(GodotClient client)
    {
        clients.Add(client);
        return client;
    }

    /// <summary>Ends the clients, whatever they still hold.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (GodotClient client in clients)
        {
            Task end = client.DisposeAsync().Soon();
            while (!end.IsCompleted)
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
            await end;
        }
    }
}
