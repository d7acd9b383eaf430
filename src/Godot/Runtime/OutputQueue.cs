using System.Threading.Channels;
using Godot.Alerting;
using Godot.Common;

namespace Godot.Runtime;

/// <summary>
/// Between a reactor and an output: a bounded queue, so that handing over costs a reactor one enqueue, and one task that gathers
/// what comes within the interval, sends, and retries.
/// </summary>
/// <remarks>What could not be sent goes back to the front; the next attempt, after a back-off, takes all that waits by then.</remarks>
sealed partial class OutputQueue
{
    readonly TimeProvider clock;
    readonly OutputSender sender;
    readonly long started;
    readonly Task worker;

    // One is enough: the worker looks at everything each time it wakes.
    readonly Channel<bool> wakeUps =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // Under the lock.
    readonly Lock gate = new();
    readonly NotificationBatcher waiting;
    List<Notification> sending = [];
    readonly Backoff backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), new Random(Entropy.Seed()));
    TimeSpan? retryAt;
    readonly ITimer alarm;
    TimeSpan? alarmAt;
    bool stopping, stopped;

    /// <summary>Opens the output.</summary>
    /// <param name="desk">Who keeps what a durable output is to send; null: nobody.</param>
    /// <exception cref="ArgumentException">The output refuses its configuration.</exception>
    public OutputQueue(OutputRecipe recipe, OutputContext context, Desk? desk = null)
    {
        (Recipe, clock) = (recipe, context.TimeProvider);
        Report = new OutputReport(recipe, context);
        sender = new OutputSender(recipe, context, Report);
        waiting = new NotificationBatcher(recipe.Interval);
        started = clock.GetTimestamp();
        if (recipe.IsDurable) this.desk = desk;
        if (this.desk is not null) Take(this.desk.Claim(recipe.ChannelName));
        alarm = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        worker = Task.Run(RunAsync);
    }

    public OutputRecipe Recipe { get; }

    /// <summary>What became of its notifications.</summary>
    public OutputReport Report { get; }

    /// <summary>Notifications that wait: not yet sent, dropped or abandoned.</summary>
    public int Pending
    {
        get { lock (gate) return PendingNow; }
    }

    /// <summary>How long ago the oldest was decided of what is not delivered; null: nothing waits.</summary>
    public TimeSpan? OldestUnsent
    {
        get
        {
            DateTimeOffset? first;
            lock (gate)
                first = messages.SelectMany(message => message.Notifications).Concat(sending)
                    .Concat(waiting.First is { } next ? [next] : []).Min(one => (DateTimeOffset?)one.DecidedAt);
            // The calendar may be set.
            return first is { } decided ? TimeSpan.FromTicks(Math.Max(0, (clock.GetUtcNow() - decided).Ticks)) : null;
        }
    }

    /// <summary>Never blocks and never throws. False: the queue was full, and the notification is dropped and counted.</summary>
    public bool Enqueue(Notification notification)
    {
        lock (gate)
        {
            if (stopped) return EnqueueLate(notification);
            if (PendingNow >= Recipe.Capacity && !HasRoomFor(notification)) Report.CountDropped();
            else
            {
                TimeSpan now = Now;
                if (waiting.Add(notification, now) && retryAt is null) WakeAt(waiting.Due!.Value, now);
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Sends at once what waits, whatever the interval; what is unsent when <paramref name="giveUp"/> says so, or when the next attempt
    /// would be a retry, is abandoned. An output that does not heed its cancellation is not waited for.
    /// </summary>
    public async Task StopAsync(CancellationToken giveUp)
    {
        lock (gate) stopping = true;
        Wake();
        using CancellationTokenSource late = new(Recipe.StopTimeout, clock);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(giveUp, late.Token);
        try
        {
            await worker.WaitAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            List<Notification> unsent;
            int left;
            lock (gate)
            {
                (stopped, left) = (true, PendingNow);
                unsent = [.. sending, .. TakeMessages(), .. waiting.TakeAll()];
                sending = [];
            }
            if (IsKept)
            {
                KeepForLater(unsent, left);
            }
            else
            {
                desk?.ForgetRows(RowsOf(unsent));
                Abandon(unsent, "The time to stop was over.");
            }
            EndAtOnce();
            await sender.CutAsync().ConfigureAwait(false);
            Wake();
        }
        Report.Dispose();
    }

    TimeSpan Now => clock.GetElapsedTime(started);

    async Task RunAsync()
    {
        while (await NextAsync().ConfigureAwait(false) is { } due)
        {
            if (due.Count > 0) await (desk is null ? SendAsync(due) : SendMessageAsync(due)).ConfigureAwait(false);
            else await wakeUps.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        EndAtOnce();
        KeepRest();
        await sender.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>What is to be sent now. Empty: nothing yet, and the alarm is set for when it may be. Null: nothing any more.</summary>
    List<Notification>? TakeDue()
    {
        lock (gate)
        {
            if (stopped || (stopping && (waiting.Count + messages.Count == 0 || leavesRest)))
            {
                stopped = true;
                alarm.Dispose();
                return null;
            }
            TimeSpan now = Now;
            if ((retryAt ?? (messages.Count > 0 ? now : waiting.Due)) is not { } due) return [];
            if (!stopping && due > now)
            {
                WakeAt(due, now);
                return [];
            }
            bool all = stopping || retryAt is not null;
            retryAt = null;
            return messages.Count > 0 ? [.. messages[0].Notifications] : sending = waiting.Take(now, all);
        }
    }

    async Task SendAsync(List<Notification> due)
    {
        (int sent, Exception? failure) = await sender.TryAsync(due).ConfigureAwait(false);
        bool retry;
        lock (gate)
        {
            // What was being sent has been abandoned.
            if (stopped) return;
            retry = failure is not (null or UndeliverableException) && !stopping;
            Report.CountSent(sent);
            if (sent > 0) backoff.Reset();
            if (retry) waiting.PutBack(sending[sent..]);
            RetryAt(retry && waiting.Count > 0 ? Pause(failure!) : null);
            sending = [];
        }
        if (failure is null) Report.SayRecovered();
        else if (retry) Report.SayFailed(failure, Pending);
        else
        {
            string why = Thrown.MessageOf(failure);
            Abandon(due[sent..], why);
            if (failure is not UndeliverableException) return;
            foreach (Notification refused in due[sent..]) refused.Refused?.Invoke(why);
        }
    }

    // The other side may ask for more time than the back-off gives, also where it has taken some.
    TimeSpan Pause(Exception failure)
    {
        TimeSpan next = backoff.Next();
        return (failure as RetryLaterException ?? failure.InnerException as RetryLaterException)?.After is { } asked && asked > next
            ? asked : next;
    }

    void Abandon(List<Notification> lost, string reason, string? kept = null)
    {
        if (lost.Count == 0) return;
        // Before anybody can know of it, and stop then.
        bool byStop;
        lock (gate) byStop = stopping;
        if (!sender.Abandon(lost, reason, kept) && byStop) Report.CountLostAtStop(lost.Count);
    }

    // Under the lock. Null: there is nothing to try again. The alarm is set here and not by the worker, before anybody hears of the
    // failure: who hears of it in a test lets time pass.
    void RetryAt(TimeSpan? pause)
    {
        TimeSpan now = Now;
        retryAt = now + pause;
        if (retryAt is { } at) WakeAt(at, now);
    }

    // Under the lock. An alarm that is right is left alone: set by who enqueues, it is exact even under a clock that a test advances.
    void WakeAt(TimeSpan due, TimeSpan now)
    {
        if (due <= now) Wake();
        else if (due != alarmAt) alarm.Change(Shorter((alarmAt = due).Value - now), Timeout.InfiniteTimeSpan);
    }

    // A timer of the system takes no more than 49 days; when it rings too soon it is set anew.
    static TimeSpan Shorter(TimeSpan time) => TimeSpan.FromTicks(Math.Min(time.Ticks, TimeSpan.FromDays(1).Ticks));

    void Ring()
    {
        lock (gate) alarmAt = null;
        Wake();
    }

    void Wake() => wakeUps.Writer.TryWrite(true);
}
