namespace Godot.Runtime;

/// <summary>
/// What waits in an output's queue, and when it may go. A notification of a reactor that has sent nothing for an interval is urgent: it
/// goes at once. Any other is held until an interval after the last send, then all that waits goes as one. Urgent ones
/// that pass in between do not put that off, so nothing is held for longer than an interval.
/// </summary>
/// <remarks>Times are counted from any one moment. Not thread-safe.</remarks>
/// <param name="interval">Zero: each goes at once and by itself.</param>
sealed class NotificationBatcher(TimeSpan interval)
{
    // In the order they came; the notifications of one reactor never overtake each other.
    readonly List<Waiting> waiting = [];

    // When each reactor that has sent lately will count as quiet again.
    readonly Dictionary<string, TimeSpan> quietAgain = [];

    TimeSpan lastSend;
    TimeSpan? heldUntil;
    int urgent;

    readonly record struct Waiting(Notification Notification, bool Urgent);

    public int Count => waiting.Count;

    /// <summary>How many reactors are remembered: those that sent within the last interval.</summary>
    public int Remembered => quietAgain.Count;

    /// <summary>When something may go; null if nothing waits.</summary>
    public TimeSpan? Due => urgent > 0 ? TimeSpan.Zero : heldUntil;

    /// <summary>True: <see cref="Due"/> is earlier than it was.</summary>
    public bool Add(Notification notification, TimeSpan now)
    {
        TimeSpan? before = Due;
        bool goesAtOnce = interval <= TimeSpan.Zero || !quietAgain.TryGetValue(notification.Reactor, out TimeSpan quiet) || quiet <= now;
        // An urgent one counts as sent from here on: what follows does not depend on how soon it is taken.
        if (goesAtOnce) lastSend = now;
        else heldUntil ??= lastSend + interval;
        if (goesAtOnce) urgent++;
        if (interval > TimeSpan.Zero) quietAgain[notification.Reactor] = (goesAtOnce ? now : heldUntil!.Value) + interval;
        waiting.Add(new(notification, goesAtOnce));
        return Due != before;
    }

    /// <summary>Takes what goes now as one message.</summary>
    /// <param name="all">All that waits, whatever the interval.</param>
    public List<Notification> Take(TimeSpan now, bool all)
    {
        if (interval <= TimeSpan.Zero) return TakeFirst();
        all |= now >= heldUntil;
        List<Notification> taken = [.. waiting.Where(w => all || w.Urgent).Select(w => w.Notification)];
        waiting.RemoveAll(w => all || w.Urgent);
        (urgent, lastSend) = (0, now);
        if (all) heldUntil = null;
        foreach ((string reactor, TimeSpan quiet) in quietAgain)
            if (quiet <= now) quietAgain.Remove(reactor);
        foreach (Notification notification in taken) quietAgain[notification.Reactor] = now + interval;
        return taken;
    }

    /// <summary>Puts back, in front, what was taken and could not be sent.</summary>
    public void PutBack(IReadOnlyList<Notification> taken)
    {
        waiting.InsertRange(0, taken.Select(n => new Waiting(n, Urgent: true)));
        urgent += taken.Count;
    }

    /// <summary>Takes everything, for good.</summary>
    public List<Notification> TakeAll()
    {
        List<Notification> taken = [.. waiting.Select(w => w.Notification)];
        waiting.Clear();
        (urgent, heldUntil) = (0, null);
        return taken;
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
