namespace Godot;

/// <summary>
/// Sends events with a client, which connects again for ever. What it is handed has been written when a send returns. A server that is
/// connected and takes nothing for a minute is
/// left: another connection may find one that does.
/// </summary>
sealed class ForwardOutput(Func<GodotClient> connect, TimeProvider clock) : IOutput, IAsyncDisposable
{
    // A quarter of the client's buffer: nobody waits for room in it.
    const int Portion = 1024 * 1024;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    GodotClient client = connect();

    // The events of the first notification that the client before had written.
    int written;

    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        int first = written, held = 0;
        long before = client.Sent + client.Dropped;
        try
        {
            foreach (Event e in notifications.SelectMany(notification => notification.Events).Skip(first))
            {
                await client.SendAsync(e, stop).ConfigureAwait(false);
                held += e.View.Bytes.Length;
                if (held < Portion) continue;
                await FlushAsync(stop).ConfigureAwait(false);
                held = 0;
            }
            await FlushAsync(stop).ConfigureAwait(false);
            written = 0;
        }
        catch (TimeoutException e)
        {
            long dropped = client.Dropped;
            await client.DisposeAsync().ConfigureAwait(false);
            int events = first + (int)(client.Sent + dropped - before), whole = 0;
            client = connect();
            for (; whole < notifications.Count && notifications[whole].Events.Count <= events; whole++)
                events -= notifications[whole].Events.Count;
            written = events;
            throw new PartlySentException(whole, e.Message, e);
        }
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    async Task FlushAsync(CancellationToken stop)
    {
        Task flushed = client.FlushAsync(CancellationToken.None);
        while (true)
        {
            long sent = client.Sent;
            try
            {
                await flushed.WaitAsync(Patience, clock, stop).ConfigureAwait(false);
                return;
            }
            catch (TimeoutException) when (client.Sent > sent || !client.IsConnected)
            {
                // It is slow, or away, and then the client tries again by itself.
            }
            catch (TimeoutException e)
            {
                throw new TimeoutException($"The server is connected and took nothing for {Patience}.", e);
            }
        }
    }
}
