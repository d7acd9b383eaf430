using System.Collections.Concurrent;

namespace Godot.Alerting;

/// <summary>
/// What becomes of notices on their way: a channel may refuse them for good, and outputs of plain recipes ask what is hushed.
/// </summary>
sealed partial class Desk
{
    // Events that are left out are said so long after the first.
    static readonly TimeSpan LeftOutSaidAfter = TimeSpan.FromMinutes(1);

    sealed record Refusal(IChannel By, Notification Notification, Policy Policy, string Why);

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

    void Send(IChannel channel, Notification notification, Policy policy) => sending.Add((channel, notification with
    {
        Refused = why =>
        {
            refusals.Enqueue(new Refusal(channel, notification, policy, why));
            wake();
        },
    }));

    // A fallback has none of its own.
    void TakeRefusals()
    {
        while (refusals.TryDequeue(out Refusal? refusal))
        {
            IChannel[] others = [.. ChannelsOf(refusal.Policy.Spare ?? Policy.Nobody).Distinct()];
            foreach (IChannel other in others) Send(other, refusal.Notification, Policy.Nobody);
            foreach (Notice notice in refusal.Notification.Notices)
            {
                Note(notice.Incident, "refused", refusal.By.Name, refusal.Why);
                foreach (IChannel other in others) Note(notice.Incident, Told(notice), other.Name, $"{refusal.By.Name} refused it");
            }
        }
    }

    static string Told(Notice notice) => $"told: {notice.Title[..^(notice.Incident.Name.Length + 1)]}";
}
