namespace Godot.Alerting;

/// <summary>
/// What is decided and not delivered. Each row is kept before anything of it is sent, and changed when its channel says how that went.
/// </summary>
sealed partial class Desk
{
    // Which messages told of openings, so that what follows can refer to them.
    readonly Dictionary<ToldOver, string> openingMessages;

    // Rows from before the start, until their channel is opened.
    readonly Dictionary<string, List<KeptMessage>> unclaimed = [];

    /// <summary>True if what is kept outlives the engine.</summary>
    public bool Outlives { get; init; }

    /// <summary>How long it is tried to deliver something.</summary>
    public TimeSpan GiveUpAfter { get; init; }

    /// <summary>What is not delivered, as it is now; the oldest first.</summary>
    public IReadOnlyList<KeptMessage> Outbox
    {
        get
        {
            lock (gate)
                return [.. store.Outbox().Where(row => !decisions.Outbox.ContainsKey(row.Id))
                    .Concat(decisions.Outbox.Values.OfType<KeptMessage>()).OrderBy(row => row.Since)];
        }
    }

    /// <summary>The rows of a channel that is opened, of an earlier run or of one that was closed: they are its to send.</summary>
    public IReadOnlyList<KeptMessage> Claim(string channel)
    {
        lock (gate)
        {
            return unclaimed.Remove(channel, out List<KeptMessage>? rows) ? [.. rows.Select(Refusable)] : [];
        }
    }

    /// <summary>The same, with the message that told this channel of the opening, where one did.</summary>
    public IReadOnlyList<Notification> WithOpenings(string channel, IReadOnlyList<Notification> notifications)
    {
        lock (gate)
            return [.. notifications.Select(notification => notification.Notices.Count == 0 ? notification : notification with
            {
                Notices = [.. notification.Notices.Select(notice => notice with
                {
                    OpeningMessage = openingMessages.GetValueOrDefault(new(notice.Incident.Id, channel)),
                })],
            })];
    }

    /// <summary>An attempt to send a message is about to begin.</summary>
    /// <param name="rows">What it takes the place of.</param>
    /// <returns>The message as it is kept now.</returns>
    public KeptMessage Begin(KeptMessage message, IReadOnlyList<string> rows)
    {
        KeptMessage begun = message with { Attempts = message.Attempts + 1, MayBeTaken = true, NextAt = null };
        Change(() =>
        {
            foreach (string row in rows) decisions.Outbox[row] = null;
            decisions.Outbox[message.Id] = begun;
            if (message.MayBeTaken) NoteOf(message, "sent again", "the answer was lost");
            foreach (ToldOver told in OpeningsIn(message))
                if (openingMessages.TryAdd(told, message.Id)) decisions.Openings[told] = message.Id;
        });
        return begun;
    }

    /// <summary>A message was taken.</summary>
    public void Delivered(KeptMessage message) => Change(() =>
    {
        decisions.Outbox[message.Id] = null;
        NoteOf(message, "delivered", null);
        foreach (Notice notice in message.Notifications.SelectMany(one => one.Notices))
            if (notice.Transition == Transition.Resolved) Forget(new(notice.Incident.Id, message.Channel));
    });

    /// <summary>Rows as they are now.</summary>
    /// <param name="replaced">Rows that they take the place of.</param>
    public void KeepRows(IReadOnlyList<KeptMessage> rows, IReadOnlyList<string>? replaced = null) => Change(() =>
    {
        foreach (string row in replaced ?? []) decisions.Outbox[row] = null;
        foreach (KeptMessage row in rows)
        {
            decisions.Outbox[row.Id] = row;
            // Nobody has it: what is put together anew tells of the opening.
            if (!row.MayBeTaken) Untold(row);
        }
    });

    /// <summary>A message will not be delivered: it is a dead letter, and whoever stands in for its channel is told.</summary>
    /// <param name="what">As the ledger says it.</param>
    /// <param name="left">What was part of it and is not dead.</param>
    public void Die(KeptMessage message, string what, string why, KeptMessage? left = null) => Change(() =>
    {
        Bury(message, what, why);
        if (left is null) return;
        decisions.Outbox[left.Id] = left;
        foreach (ToldOver told in OpeningsIn(left)) Untold(told, message.Id);
    });

    /// <summary>Rows that nobody will send, nor anybody ask for: what kept them ends.</summary>
    public void ForgetRows(IReadOnlyList<string> rows) => Change(() =>
    {
        foreach (string row in rows) decisions.Outbox[row] = null;
    });

    /// <summary>A dead letter is to be sent after all.</summary>
    public KeptMessage Revive(KeptMessage message)
    {
        KeptMessage alive = message with { DeadAt = null, NextAt = null };
        KeepRows([alive]);
        return Refusable(alive);
    }

    KeptMessage Refusable(KeptMessage row) =>
        row with { Notifications = [.. row.Notifications.Select(one => Refusable(row.Channel, one))] };

    /// <summary>Somebody says that a row is to be sent at once.</summary>
    public void Retried(KeptMessage message, string by) => Change(() => NoteOf(message, "tried at once", $"by {by}"));

    /// <summary>Somebody says that a row is not to be sent.</summary>
    public void Drop(KeptMessage message, string by) => Change(() =>
    {
        decisions.Outbox[message.Id] = null;
        if (unclaimed.TryGetValue(message.Channel, out List<KeptMessage>? its)) its.RemoveAll(row => row.Id == message.Id);
        Untold(message);
        NoteOf(message, "dropped", $"by {by}");
    });

    // Outputs say so on threads of their own, and wait until it is kept.
    void Change(Action change)
    {
        bool storeFails;
        lock (gate)
        {
            clock.Read();
            change();
            Commit();
            storeFails = storeAgainAt is not null;
        }
        if (storeFails) wake();
    }

    // A start does not wait for what nobody sends any more: a reactor that is added by hand may be late.
    void Restore(IReadOnlyList<KeptMessage> rows)
    {
        foreach (KeptMessage row in rows.Where(row => row.DeadAt is null))
        {
            if (!unclaimed.TryGetValue(row.Channel, out List<KeptMessage>? its)) unclaimed.Add(row.Channel, its = []);
            its.Add(row);
        }
        if (unclaimed.Count > 0) At(clock.Now + RuleGoneAfter, BuryUnclaimed);
        HashSet<string> known = [.. open.Values.Select(one => one.Incident.Id), .. ended.Keys,
            .. rows.SelectMany(OpeningsIn).Select(told => told.Incident)];
        foreach (ToldOver told in openingMessages.Keys.Where(told => !known.Contains(told.Incident)).ToArray()) Forget(told);
    }

    void BuryUnclaimed()
    {
        foreach ((string channel, List<KeptMessage> rows) in unclaimed)
        {
            channels.Gone(channel, rows.Count);
            foreach (KeptMessage row in rows) Bury(row, "dead", "no reactor of this program tells this channel any more");
        }
        unclaimed.Clear();
    }

    void Bury(KeptMessage message, string what, string why)
    {
        decisions.Outbox[message.Id] = message with { DeadAt = clock.Utc, NextAt = null, Error = why };
        Untold(message);
        foreach (Notification notification in message.Notifications) GiveUp(message.Channel, notification, what, why);
    }

    void Untold(KeptMessage message)
    {
        foreach (ToldOver told in OpeningsIn(message)) Untold(told, message.Id);
    }

    void Untold(ToldOver told, string message)
    {
        if (openingMessages.TryGetValue(told, out string? by) && by == message) Forget(told);
    }

    void Forget(ToldOver told)
    {
        if (openingMessages.Remove(told)) decisions.Openings[told] = null;
    }

    static IEnumerable<ToldOver> OpeningsIn(KeptMessage message) =>
        from notification in message.Notifications
        from notice in notification.Notices
        where notice.Transition is Transition.Opened or Transition.Escalated
        select new ToldOver(notice.Incident.Id, message.Channel);

    void NoteOf(KeptMessage message, string what, string? because)
    {
        foreach (Notification notification in message.Notifications) NoteOf(message.Channel, notification, what, because);
    }
}
