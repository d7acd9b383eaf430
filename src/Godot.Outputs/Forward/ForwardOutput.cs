using System.Diagnostics.CodeAnalysis;
using Godot.Events;

namespace Godot;

/// <summary>
/// Sends events with a client, which connects again for ever. What it is handed has been written when a send returns. A server that is
/// connected and takes nothing for a minute is
/// left: another connection may find one that does. One that does not let it in fails the attempt, so that what waits is told of and kept.
/// </summary>
sealed class ForwardOutput : IOutput, IAsyncDisposable
{
    // A quarter of the client's buffer: nobody waits for room in it.
    const int Portion = 1024 * 1024;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    GodotClient client;

    // Completes when the other server does not let the client in.
    TaskCompletionSource<RefusedException> refused;

    // The events of the first notification that the client before had written.
    int written;

    readonly Func<GodotClient> connect;
    readonly TimeProvider clock;

    public ForwardOutput(Func<GodotClient> connect, TimeProvider clock)
    {
        (this.connect, this.clock) = (connect, clock);
        client = Connect();
    }

    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
    {
        int first = written, held = 0;
        long before = client.Sent + client.Dropped - client.Unsent;
        try
        {
            foreach (Event e in notifications.SelectMany(EventsOf).Skip(first))
            {
                await client.SendAsync(e, cancellationToken).ConfigureAwait(false);
                held += e.View.Bytes.Length;
                if (held < Portion) continue;
                await FlushAsync(cancellationToken).ConfigureAwait(false);
                held = 0;
            }
            await FlushAsync(cancellationToken).ConfigureAwait(false);
            written = 0;
        }
        catch (Exception e) when (e is TimeoutException or RefusedException)
        {
            long dropped = client.Dropped - client.Unsent;
            await client.DisposeAsync().ConfigureAwait(false);
            // Less than none if one that had let it in for long does not any more, and what was sent before is lost.
            int events = first + (int)Math.Max(0, client.Sent + dropped - before), whole = 0;
            client = Connect();
            for (; whole < notifications.Count && EventsOf(notifications[whole]) is var its && its.Count <= events; whole++)
                events -= its.Count;
            written = events;
            throw new PartlySentException(whole, e.Message, e);
        }
    }

    /// <summary>
    /// What is sent of a notification. Of an incident that is its latest event, with what became of the incident in its meta: it may be
    /// sent several times, and an end need not show in it. The other server takes none of the monitor's own events.
    /// </summary>
    internal static IReadOnlyList<Event> EventsOf(Notification notification)
    {
        IReadOnlyList<Event> events = notification.Notices.Count == 0 ? notification.Events : [.. notification.Notices.Select(ToEvent)];
        return events.Any(IsReserved) ? [.. events.Where(e => !IsReserved(e))] : events;
    }

    static bool IsReserved(Event e) => e.View.Begins(FieldSet.Service, EventRules.Reserved);

    static Event ToEvent(Notice notice) => notice.Incident.Latest with
    {
        Meta = new Dictionary<string, MetaValue>(notice.Incident.Latest.Meta)
        {
            ["incident"] = notice.Incident.Id,
            ["severity"] = notice.Incident.Severity,
            ["transition"] = Notice.Word(notice.Transition).TrimEnd(':'),
        },
    };

    public ValueTask DisposeAsync() => client.DisposeAsync();

    [MemberNotNull(nameof(refused))]
    GodotClient Connect()
    {
        TaskCompletionSource<RefusedException> refused = this.refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        GodotClient client = connect();
        client.ConnectionChanged += (_, change) =>
        {
            if (change.Exception is RefusedException refusal) refused.TrySetResult(refusal);
        };
        return client;
    }

    async Task FlushAsync(CancellationToken stop)
    {
        Task flushed = client.FlushAsync(CancellationToken.None);
        while (true)
        {
            long sent = client.Sent;
            try
            {
                if (await Task.WhenAny(flushed, refused.Task).WaitAsync(Patience, clock, stop).ConfigureAwait(false) == refused.Task)
                    throw await refused.Task.ConfigureAwait(false);
                await flushed.ConfigureAwait(false);
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
