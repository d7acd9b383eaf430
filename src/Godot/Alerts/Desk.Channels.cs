using System.Collections.Concurrent;
using Godot.Common;

namespace Godot.Alerting;

/// <summary>
/// What becomes of notices on their way: a channel may refuse them for good, and outputs of plain recipes ask what is hushed.
/// </summary>
sealed partial class Desk
{
    // Events that are left out are said so long after the first.
    static readonly TimeSpan LeftOutSaidAfter = TimeSpan.FromMinutes(1);

    sealed record Refusal(string By, Notification Notification, string Why);

    readonly ConcurrentQueue<Refusal> refusals = [];
    bool saysLeftOut;

    /// <summary>True if there is a silence. May be asked from any thread.</summary>
    public bool AnySilence => silences.Any;

    /// <summary>
    /// True if a silence holds back what an output of a plain recipe would tell of an event. May be called from any thread; waits for
    /// nothing.
    /// </summary>
    public bool IsHushed(string reactor, Event e) => silences.HoldsBack(reactor, e, time.GetUtcNow());

    /// <summary>Somebody has tried a channel.</summary>
    public void Tested(ChannelTest test, string by) => Do(() => Note((Case?)null, test.IsSent ? "test sent" : "test not sent", test.Channel,
        test.IsSent ? $"by {by}" : $"by {by}: {test.Failure}"));

    void SayLeftOut()
    {
        saysLeftOut = false;
        foreach ((Silence silence, string reactor, int events) in silences.TakeLeftOut()) NoteLeftOut(silence, reactor, events);
    }

    void NoteLeftOut(Silence silence, string reactor, int events) => decisions.Ledger.Add(new LedgerLine(clock.Utc, "not told")
    {
        Reactor = reactor,
        Name = reactor,
        Because = $"{events} {(events == 1 ? "event" : "events")} left out: silenced {ByAndUntil(silence)}",
    });

    // What a channel keeps until it is delivered is on the disk before the channel gets it.
    void Send(IChannel channel, Notification notification, IReadOnlyList<string> fallback)
    {
        notification = notification with { Fallback = fallback };
        if (channel.Durable is { } key)
        {
            KeptMessage row = new(Digest.Of($"{notification.Id}\n{key}"), channel.Name, [notification]);
            decisions.Outbox[row.Id] = row;
            notification = notification with { Rows = [row.Id] };
        }
        sending.Add((channel, Refusable(channel.Name, notification)));
    }

    Notification Refusable(string channel, Notification notification) => notification with
    {
        Refused = why =>
        {
            refusals.Enqueue(new Refusal(channel, notification, why));
            wake();
        },
    };

    // A fallback has none of its own.
    IReadOnlyList<string> FallbackOf(Policy policy) =>
        policy.Spare is { } spare ? [.. ChannelsOf(spare).Select(channel => channel.Name).Distinct()] : [];

    void TakeRefusals()
    {
        while (refusals.TryDequeue(out Refusal? refusal))
        {
            foreach (string row in refusal.Notification.Rows) decisions.Outbox[row] = null;
            GiveUp(refusal.By, refusal.Notification, "refused", refusal.Why);
        }
    }

    // It will not be told over this channel: whoever stands in for it is told.
    void GiveUp(string channel, Notification notification, string what, string why)
    {
        IChannel[] others = [.. notification.Fallback.SelectMany(channels.Named).DistinctBy(other => other.Name)];
        foreach (IChannel other in others) Send(other, notification with { Rows = [] }, []);
        NoteOf(channel, notification, what, why);
        foreach (Notice notice in notification.Notices)
            foreach (IChannel other in others)
                Note(notice.Incident, Told(notice), other.Name, $"{channel} {(what == "refused" ? "refused" : "did not take")} it");
    }

    // A line for each incident that it tells; of events, one.
    void NoteOf(string channel, Notification notification, string what, string? because)
    {
        foreach (Notice notice in notification.Notices) Note(notice.Incident, what, channel, because);
        if (notification.Notices.Count > 0) return;
        string events = notification.Events.Count == 1 ? "1 event" : $"{notification.Events.Count} events";
        decisions.Ledger.Add(new LedgerLine(clock.Utc, what)
        {
            Reactor = notification.Reactor,
            Name = notification.Reactor,
            Channel = channel,
            Because = because is null ? events : $"{events}: {because}",
        });
    }

    static string Told(Notice notice) => $"told: {notice.Title[..^(notice.Incident.Name.Length + 1)]}";
}
