namespace Godot;

/// <summary>Sends events with a client, which connects again for ever. What it is handed has been written when a send returns.</summary>
sealed class ForwardOutput(GodotClient client) : IOutput, IAsyncDisposable
{
    // A quarter of the client's buffer: nobody waits for room in it.
    const int Portion = 1024 * 1024;

    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        int held = 0;
        foreach (Event e in notifications.SelectMany(notification => notification.Events))
        {
            await client.SendAsync(e, stop).ConfigureAwait(false);
            held += e.View.Bytes.Length;
            if (held < Portion) continue;
            await client.FlushAsync(stop).ConfigureAwait(false);
            held = 0;
        }
        await client.FlushAsync(stop).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
