using Godot.Alerting;

namespace Godot.Runtime;

/// <summary>
/// What waits in an output's queue, and when it may go. A notification of a reactor that has sent nothing for an interval is urgent: it
/// goes at once. Any other is held until an interval after the last send, then all that waits goes as one. Urgent ones
/// that pass in between do not put that off, so nothing is held for longer than an interval. What is told of incidents does not wait for
/// that: it goes at once, but not within a pause after what was last told of others. The pause is two seconds, and doubles with each
/// message up to the interval, until nothing came for that long: of a storm the first goes at once, and the others as one.
/// </summary>
/// <remarks>Times are counted from any one moment. Not thread-safe.</remarks>
/// <param name="interval">Zero: each goes at once and by itself.</param>
sealed class NotificationBatcher(TimeSpan interval)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    // In the order they came; the notifications of one reactor never overtake each other.
    readonly List<Waiting> waiting = [];

    // When each reactor that has sent lately will count as quiet again.
    readonly Dictionary<string, TimeSpan> quietAgain = [];

    TimeSpan lastSend;
    TimeSpan? heldUntil;
    int urgent;

    // Of what is told of incidents.
    int alerts;
    TimeSpan? lastAlerts;
    TimeSpan pause;

    enum Goes
    {
        AtOnce,
        AfterPause,
        AfterInterval,
    }

    readonly record struct Waiting(Notification Notification, Goes Goes);

    public int Count => waiting.Count;

    /// <summary>The one that came first; null if nothing waits.</summary>
    public Notification? First => waiting.Count == 0 ? null : waiting[0].Notification;

    /// <summary>How many reactors are remembered: those that sent within the last interval.</summary>
    public int Remembered => quietAgain.Count;

    /// <summary>When something may go; null if nothing waits.</summary>
    public TimeSpan? Due => urgent > 0 ? TimeSpan.Zero
        : alerts == 0 ? heldUntil
        : heldUntil < AlertsAt ? heldUntil : AlertsAt;

    TimeSpan AlertsAt => lastAlerts is { } last ? last + pause : TimeSpan.Zero;

    /// <summary>True: <see cref="Due"/> is earlier than it was.</summary>
    public bool Add(Notification notification, TimeSpan now)
    {
        TimeSpan? before = Due;
        if (interval > TimeSpan.Zero && notification.Kind == NotificationKind.Alert)
        {
            alerts++;
            waiting.Add(new(notification, Goes.AfterPause));
            return Due != before;
        }
        bool goesAtOnce = interval <= TimeSpan.Zero || !quietAgain.TryGetValue(notification.Reactor, out TimeSpan quiet) || quiet <= now;
        // An urgent one counts as sent from here on: what follows does not depend on how soon it is taken.
        if (goesAtOnce) lastSend = now;
        else heldUntil ??= lastSend + interval;
        if (goesAtOnce) urgent++;
        if (interval > TimeSpan.Zero) quietAgain[notification.Reactor] = (goesAtOnce ? now : heldUntil!.Value) + interval;
        waiting.Add(new(notification, goesAtOnce ? Goes.AtOnce : Goes.AfterInterval));
        return Due != before;
    }

    /// <summary>Takes what goes now as one message.</summary>
    /// <param name="all">All that waits, whatever the interval.</param>
    public List<Notification> Take(TimeSpan now, bool all)
    {
        if (interval <= TimeSpan.Zero) return TakeFirst();
        all |= now >= heldUntil;
        // What is told of incidents goes with any message that goes.
        List<Notification> taken = [.. waiting.Where(GoesNow).Select(w => w.Notification)];
        waiting.RemoveAll(GoesNow);
        if (all || urgent > 0) lastSend = now;
        if (alerts > 0) Pause(now);
        (urgent, alerts) = (0, 0);
        if (all) heldUntil = null;
        foreach ((string reactor, TimeSpan quiet) in quietAgain)
            if (quiet <= now) quietAgain.Remove(reactor);
        foreach (Notification notification in taken)
            if (notification.Kind != NotificationKind.Alert) quietAgain[notification.Reactor] = now + interval;
        return taken;

        bool GoesNow(Waiting w) => all || w.Goes != Goes.AfterInterval;
    }

    /// <summary>Puts back, in front, what was taken and could not be sent.</summary>
    public void PutBack(IReadOnlyList<Notification> taken)
    {
        waiting.InsertRange(0, taken.Select(n => new Waiting(n, Goes.AtOnce)));
        urgent += taken.Count;
    }

    /// <summary>All that waits, in order.</summary>
    public IEnumerable<Notification> All => waiting.Select(one => one.Notification);

    /// <summary>Takes out those that are meant, for good. Returns how many there were.</summary>
    public int Remove(Func<Notification, bool> isMeant)
    {
        int removed = waiting.RemoveAll(one => isMeant(one.Notification));
        Recount();
        return removed;
    }

    /// <summary>Makes one of all that is told of incidents, in the place of the first.</summary>
    public void FoldAlerts()
    {
        Waiting[] told = [.. waiting.Where(IsAlert)];
        if (told.Length < 2) return;
        int first = waiting.IndexOf(told[0]);
        waiting.RemoveAll(IsAlert);
        waiting.Insert(first, told[0] with { Notification = Folding.ToOne([.. told.Select(one => one.Notification)]) });
        Recount();

        static bool IsAlert(Waiting one) => one.Notification.Kind == NotificationKind.Alert;
    }

    /// <summary>Takes everything, for good.</summary>
    public List<Notification> TakeAll()
    {
        List<Notification> taken = [.. waiting.Select(w => w.Notification)];
        waiting.Clear();
        (urgent, alerts, heldUntil) = (0, 0, null);
        return taken;
    }

    void Recount()
    {
        (urgent, alerts) = (waiting.Count(one => one.Goes == Goes.AtOnce), waiting.Count(one => one.Goes == Goes.AfterPause));
        if (waiting.Count == urgent + alerts) heldUntil = null;
    }

    void Pause(TimeSpan now)
    {
        pause = lastAlerts is { } last && now < last + pause + interval ? 2 * pause : FirstPause;
        if (pause > interval) pause = interval;
        lastAlerts = now;
    }

    List<Notification> TakeFirst()
    {
        if (waiting.Count == 0) return [];
        Notification first = waiting[0].Notification;
        waiting.RemoveAt(0);
        urgent--;
        return [first];
    }
}
