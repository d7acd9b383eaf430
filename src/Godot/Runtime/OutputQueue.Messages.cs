using System.Globalization;
using Godot.Alerting;
using Godot.Common;

namespace Godot.Runtime;

/// <summary>
/// How a durable output sends: what is due becomes one message, that an attempt begins is kept before its first byte, and so is how it
/// ended. What somebody may have is sent again as it was, before anything else; what nobody has is gathered anew.
/// </summary>
sealed partial class OutputQueue
{
    const string DeadLetters = "They are dead letters in the outbox.";

    // How many times as many incidents a digest may hold as notifications may wait.
    const int MostFolded = 3;

    // Null: nothing is kept.
    readonly Desk? desk;

    // Under the lock: messages that are sent as they are, the first of which may be under way.
    readonly List<KeptMessage> messages = [];

    // Attempts in a row after which nobody had anything.
    int tries;

    // At a stop an attempt failed: what comes after it must not overtake it.
    bool leavesRest;

    /// <summary>What no other queue has, if what it is to send is kept; otherwise null.</summary>
    public string? Durable => desk is null ? null : $"{Recipe.ChannelName}\n{Recipe.QueueKey}";

    /// <summary>Sends these, of an earlier run or that were dead letters, as well.</summary>
    public void Take(IReadOnlyList<KeptMessage> rows)
    {
        lock (gate)
        {
            foreach (KeptMessage row in rows) tries = Math.Max(tries, row.Attempts);
            messages.AddRange(rows.Where(row => row.MayBeTaken));
            // At once and together, so that no row is half taken.
            waiting.PutBack([.. rows.Where(row => !row.MayBeTaken)
                .SelectMany(row => row.Notifications.Select(notification => notification with { Rows = [row.Id] }))]);
            if (PendingNow > Recipe.Capacity) waiting.FoldAlerts();
        }
        RetryNow();
    }

    /// <summary>Whatever the back-off says.</summary>
    public void RetryNow()
    {
        lock (gate) retryAt = null;
        Wake();
    }

    /// <summary>True if it is to send a row.</summary>
    public bool Holds(string row)
    {
        lock (gate)
            return messages.Exists(message => message.Id == row) || sending.Concat(waiting.All).Any(one => one.Rows.Contains(row));
    }

    /// <summary>Forgets a row that waits. False: it is under way, or part of a digest.</summary>
    public bool Forget(string row)
    {
        lock (gate)
        {
            int at = messages.FindIndex(message => message.Id == row);
            if (at < 0) return waiting.Remove(notification => notification.Rows is [var only] && only == row) > 0;
            if (at == 0 && retryAt is null) return false;
            messages.RemoveAt(at);
            return true;
        }
    }

    int PendingNow => waiting.Count + sending.Count
        + (messages.Count == 0 ? 0 : messages.Sum(message => message.Notifications.Count));

    bool IsKept => desk is { Outlives: true };

    // What the desk keeps is not lost.
    bool EnqueueLate(Notification notification)
    {
        bool isKept = IsKept && notification.Rows.Count > 0;
        if (!isKept) Report.CountTooLate();
        return isKept;
    }

    // What is told of incidents becomes a digest, in which each stands once, where there is no room for all of it.
    bool HasRoomFor(Notification notification)
    {
        if (desk is null || notification.Kind != NotificationKind.Alert) return false;
        waiting.FoldAlerts();
        return PendingNow < Recipe.Capacity && waiting.All.Sum(one => one.Notices.Count) < MostFolded * Recipe.Capacity;
    }

    async Task SendMessageAsync(List<Notification> due)
    {
        if (Next(due) is not (var message, var rows)) return;
        Exception? failure = null;
        if (message.Content is null) (message, failure) = Compose(message);
        if (failure is null)
        {
            message = desk!.Begin(message, rows);
            failure = await sender.TryAsync(new OutgoingMessage(message.Id, message.Content!)).ConfigureAwait(false);
        }
        else
        {
            Report.CountFailure(failure);
            desk!.KeepRows([message], rows);
        }
        Settle(message, failure);
    }

    (KeptMessage Message, Exception? Failure) Compose(KeptMessage message)
    {
        try
        {
            return (message with { Content = sender.Compose(message.Notifications, message.Id) }, null);
        }
        // A text of the user's may throw anything. Nobody has the message.
        catch (Exception thrown)
        {
            return (message, new NotTakenException(Thrown.MessageOf(thrown), thrown));
        }
    }

    /// <summary>What is sent next, and the rows that it takes the place of. Null: it has been left for the next start.</summary>
    (KeptMessage Message, IReadOnlyList<string> Rows)? Next(List<Notification> due)
    {
        lock (gate)
        {
            if (stopped) return null;
            if (messages.Count > 0) return (messages[0], []);
        }
        KeptMessage draft = Draft(Folding.OfEnds(desk!.WithOpenings(Recipe.ChannelName, due)));
        lock (gate)
        {
            if (stopped) return null;
            messages.Insert(0, draft);
            sending = [];
        }
        return (draft, RowsOf(due));
    }

    // Put together again, it is another message.
    KeptMessage Draft(IReadOnlyList<Notification> notifications) => new(
        Digest.Of(string.Join('\n', [Durable, tries.ToString(CultureInfo.InvariantCulture), .. notifications.Select(one => one.Id)])),
        Recipe.ChannelName, [.. notifications])
        {
            Attempts = tries,
        };

    static string[] RowsOf(IEnumerable<Notification> notifications) => [.. notifications.SelectMany(one => one.Rows).Distinct()];

    void Settle(KeptMessage message, Exception? failure)
    {
        if (failure is null) Delivered(message);
        else if (failure is UndeliverableException) GiveUp(message with { MayBeTaken = false }, "refused", Thrown.MessageOf(failure));
        else if (stopping && !IsKept) AbandonAtStop(message, Thrown.MessageOf(failure));
        else if (failure is NotTakenException or RetryLaterException) Gather(message, failure);
        else if (IsTooOld(message.Since)) GiveUp(message, "dead", TooOld(failure));
        else SendAgain(message, failure);
    }

    bool IsTooOld(DateTimeOffset since) => clock.GetUtcNow() - since >= desk!.GiveUpAfter;

    string TooOld(Exception failure) => $"not taken for {Notice.Duration(desk!.GiveUpAfter)}: {Thrown.MessageOf(failure)}";

    /// <summary>
    /// The attempt has ended. False: the time to stop was over before, and what was being sent is left to the next start, or abandoned.
    /// </summary>
    /// <param name="left">What is to be told in another message.</param>
    /// <param name="pause">How long until the next attempt.</param>
    bool End(KeptMessage message, IReadOnlyList<Notification> left, TimeSpan? pause = null)
    {
        lock (gate)
        {
            if (stopped) return false;
            messages.RemoveAt(0);
            if (left.Count > 0) waiting.PutBack(left);
            else tries = 0;
            RetryAt(pause);
            leavesRest |= stopping && pause is not null;
            return true;
        }
    }

    void Delivered(KeptMessage message)
    {
        if (!End(message, [])) return;
        backoff.Reset();
        Report.CountSent(message.Notifications.Count);
        Report.SayRecovered();
        desk!.Delivered(message);
    }

    void GiveUp(KeptMessage message, string what, string why)
    {
        if (!End(message, [])) return;
        desk!.Die(message, what, why);
        Abandon([.. message.Notifications], why, DeadLetters);
    }

    void AbandonAtStop(KeptMessage message, string why)
    {
        if (!End(message, [])) return;
        desk!.ForgetRows([message.Id]);
        Abandon([.. message.Notifications], why);
    }

    // Nobody has it: the next attempt tells all that waits by then, but for what is too old.
    void Gather(KeptMessage message, Exception failure)
    {
        Notification[] old = [.. message.Notifications.Where(one => IsTooOld(one.DecidedAt))];
        Notification[] young = [.. message.Notifications.Except(old)];
        tries = message.Attempts;
        TimeSpan pause = Pause(failure);
        KeptMessage left = (old.Length == 0 ? message : Draft(young)) with
        {
            Content = null,
            MayBeTaken = false,
            NextAt = clock.GetUtcNow() + pause,
            Error = Thrown.MessageOf(failure),
        };
        if (!End(message, [.. young.Select(one => one with { Rows = [left.Id] })], pause)) return;
        if (old.Length == 0) desk!.KeepRows([left]);
        else desk!.Die(left with { Id = message.Id, Notifications = old }, "dead", TooOld(failure), young.Length == 0 ? null : left);
        if (old.Length > 0) Abandon([.. old], TooOld(failure), DeadLetters);
        else Report.SayFailed(failure, Pending);
    }

    void SendAgain(KeptMessage message, Exception failure)
    {
        TimeSpan pause = Pause(failure);
        message = message with { NextAt = clock.GetUtcNow() + pause, Error = Thrown.MessageOf(failure) };
        lock (gate)
        {
            if (stopped) return;
            messages[0] = message;
            RetryAt(pause);
            leavesRest |= stopping;
        }
        desk!.KeepRows([message]);
        Report.SayFailed(failure, Pending);
    }

    // At the end. Messages that have been begun are rows already, where rows outlive this.
    List<Notification> TakeMessages()
    {
        List<Notification> unsent = [.. messages.Where(message => !IsKept || !message.MayBeTaken)
            .SelectMany(message => message.Notifications.Select(one => IsKept ? one : one with { Rows = [message.Id] }))];
        messages.Clear();
        return unsent;
    }

    void KeepRest()
    {
        if (!IsKept) return;
        List<Notification> unsent;
        int left;
        lock (gate) (left, unsent) = (PendingNow, [.. TakeMessages(), .. waiting.TakeAll()]);
        KeepForLater(unsent, left);
    }

    // Each as it would be sent: one row would be several messages otherwise. So many are left, those that are rows already among them.
    void KeepForLater(List<Notification> unsent, int left)
    {
        if (left > 0) Report.SayLeft(left);
        Notification[] unkept = [.. unsent.Where(notification => notification.Rows.Count == 0)];
        if (unkept.Length == 0) return;
        desk!.KeepRows(Recipe.Interval > TimeSpan.Zero ? [Draft(unkept)] : [.. unkept.Select(one => Draft([one]))]);
    }
}
