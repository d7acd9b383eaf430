using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Godot.Common;
using Microsoft.Extensions.Logging;

namespace Godot.Runtime;

/// <summary>
/// Between a reactor and an output: a bounded queue, so that handing over costs a reactor one enqueue, and one task that gathers
/// what comes within the interval, sends, and retries.
/// </summary>
/// <remarks>What could not be sent goes back to the front; the next attempt, after a back-off, takes all that waits by then.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without a timer holds nothing that must be freed.")]
sealed partial class OutputQueue
{
    // A timer that is set to nothing may ring before it has been set.
    static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(1);

    readonly OutputContext context;
    readonly IOutput output;
    readonly ILogger log;
    readonly long started;
    readonly Task worker;

    // Cancelled when the time to stop is over.
    readonly CancellationTokenSource cut = new();

    // One is enough: the worker looks at everything each time it wakes.
    readonly Channel<bool> wakeUps =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // Under the lock.
    readonly Lock gate = new();
    readonly NotificationBatcher waiting;
    List<Notification> sending = [];
    TimeSpan? retryAt;
    readonly ITimer alarm;
    TimeSpan? alarmAt;
    bool stopping, stopped;

    // Counters, read by anyone.
    long sent, failed, dropped, abandoned, lostAtStop;

    // Drops are told of by a timer: the worker may be waiting for the output for as long as they go on.
    readonly ITimer dropAlarm;
    TimeSpan? dropsLoggedAt;
    long dropsLogged;
    bool dropsDue;

    // The worker's own.
    readonly Backoff backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), new Random(Entropy.Seed()));
    readonly OncePerMinute failureLog;
    bool recoveryDue;

    /// <summary>Opens the output.</summary>
    /// <exception cref="ArgumentException">The output refuses its configuration.</exception>
    public OutputQueue(OutputRecipe recipe, OutputContext context)
    {
        (Recipe, this.context) = (recipe, context);
        failureLog = new OncePerMinute(context.TimeProvider);
        output = recipe.Open(context);
        log = context.LoggerFactory.CreateSafeLogger("Godot.OutputQueue");
        waiting = new NotificationBatcher(recipe.Interval);
        started = context.TimeProvider.GetTimestamp();
        alarm = context.TimeProvider.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        dropAlarm = context.TimeProvider.CreateTimer(_ => ReportDrops(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        worker = Task.Run(RunAsync);
    }

    public OutputRecipe Recipe { get; }

    /// <summary>Notifications that wait: not yet sent, dropped or abandoned.</summary>
    public int Pending
    {
        get { lock (gate) return waiting.Count + sending.Count; }
    }

    /// <summary>Notifications that were sent.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Attempts that failed; a retry that fails counts again.</summary>
    public long Failed => Interlocked.Read(ref failed);

    /// <summary>Notifications that came when the queue was full, or stopped.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Notifications that will not be sent: undeliverable, or unsent at the end.</summary>
    public long Abandoned => Interlocked.Read(ref abandoned);

    /// <summary>Those of them, and of the dropped, that the end of the queue lost: neither sent nor saved.</summary>
    public long LostAtStop => Interlocked.Read(ref lostAtStop);

    /// <summary>Never blocks and never throws. False: the queue was full, and the notification is dropped and counted.</summary>
    public bool Enqueue(Notification notification)
    {
        lock (gate)
        {
            if (!stopped && waiting.Count + sending.Count < Recipe.Capacity)
            {
                TimeSpan now = Now;
                if (waiting.Add(notification, now) && retryAt is null) WakeAt(waiting.Due!.Value, now);
                return true;
            }
            Interlocked.Increment(ref dropped);
            if (stopped) Interlocked.Increment(ref lostAtStop);
            else if (!dropsDue) DropsAreDue();
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
        using CancellationTokenSource late = new(Recipe.StopTimeout, context.TimeProvider);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(giveUp, late.Token);
        try
        {
            await worker.WaitAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            List<Notification> unsent;
            lock (gate)
            {
                stopped = true;
                unsent = [.. sending, .. waiting.TakeAll()];
                sending = [];
            }
            Abandon(unsent, "The time to stop was over.");
            await cut.CancelAsync().ConfigureAwait(false);
            Wake();
        }
        dropAlarm.Dispose();
        ReportDrops();
    }

    TimeSpan Now => context.TimeProvider.GetElapsedTime(started);

    async Task RunAsync()
    {
        while (true)
        {
            if (TakeDue() is not { } due) break;
            if (due.Count > 0) await SendAsync(due).ConfigureAwait(false);
            else await wakeUps.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        if (output is IAsyncDisposable connection) await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What is to be sent now. Empty: nothing yet, and the alarm is set for when it may be. Null: nothing any more.</summary>
    List<Notification>? TakeDue()
    {
        lock (gate)
        {
            if (stopped || (stopping && waiting.Count == 0))
            {
                stopped = true;
                alarm.Dispose();
                return null;
            }
            TimeSpan now = Now;
            if ((retryAt ?? waiting.Due) is not { } due) return [];
            if (!stopping && due > now)
            {
                WakeAt(due, now);
                return [];
            }
            return sending = waiting.Take(now, all: stopping || retryAt is not null);
        }
    }

    async Task SendAsync(List<Notification> due)
    {
        try
        {
            await SendInTimeAsync(due).ConfigureAwait(false);
            if (Finish(retry: false, due.Count)) ReportRecovery();
        }
        catch (UndeliverableException e)
        {
            Interlocked.Increment(ref failed);
            if (Finish(retry: false, taken: 0)) Abandon(due, Thrown.MessageOf(e));
        }
        catch (Exception e)
        {
            // An OperationCanceledException too: what the output itself gave up is tried again.
            Interlocked.Increment(ref failed);
            int taken = e is PartlySentException partly ? Math.Clamp(partly.Sent, 0, due.Count) : 0;
            bool last;
            lock (gate) last = stopping;
            if (!Finish(retry: !last, taken)) return;
            if (last) Abandon(due[taken..], Thrown.MessageOf(e));
            else ReportFailure(e);
        }
    }

    async Task SendInTimeAsync(List<Notification> due)
    {
        if (Recipe.SendTimeout == Timeout.InfiniteTimeSpan)
        {
            await output.SendAsync(due, cut.Token).ConfigureAwait(false);
            return;
        }
        using CancellationTokenSource late = new(Recipe.SendTimeout, context.TimeProvider);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cut.Token, late.Token);
        try
        {
            await output.SendAsync(due, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {Recipe.SendTimeout}.", e);
        }
    }

    /// <summary>
    /// Ends an attempt, of which the first so many were sent. False: <see cref="StopAsync"/> has abandoned what was being sent.
    /// </summary>
    bool Finish(bool retry, int taken)
    {
        lock (gate)
        {
            if (stopped) return false;
            Interlocked.Add(ref sent, taken);
            if (taken > 0) backoff.Reset();
            if (retry) waiting.PutBack(sending[taken..]);
            retryAt = retry && waiting.Count > 0 ? Now + backoff.Next() : null;
            sending = [];
            return true;
        }
    }

    void Abandon(List<Notification> lost, string reason)
    {
        if (lost.Count == 0) return;
        Interlocked.Add(ref abandoned, lost.Count);
        Event first = lost[0].Events[0];
        string named = $"the first of them {first.State} {first.Service} on {first.Host}";
        string? where;
        bool saved = false;
        try
        {
            where = output.Abandon(lost);
            saved = where is not null;
            where ??= $"They are lost, {named}.";
        }
        catch (Exception e)
        {
            string why = Thrown.MessageOf(e);
            where = $"They could not be saved either and are lost, {named}: {why}";
            if (reason == why) reason = "";
        }
        lock (gate)
            if (stopping && !saved) Interlocked.Add(ref lostAtStop, lost.Count);
        LogAbandoned(lost.Count, Recipe.Name, where, reason);
    }

    void ReportFailure(Exception e)
    {
        if (!failureLog.Pass()) return;
        recoveryDue = true;
        LogFailed(Recipe.Name, Pending, Thrown.MessageOf(e));
        Exception readable = Thrown.Readable(e);
        LogTrace(readable, Recipe.Name);
    }

    void ReportRecovery()
    {
        if (!recoveryDue) return;
        recoveryDue = false;
        LogRecovered(Recipe.Name);
    }

    // Under the lock. The first is told of at once, what follows once a minute; never on a reactor's thread, which a slow log would hold
    // up.
    void DropsAreDue()
    {
        dropsDue = true;
        TimeSpan wait = dropsLoggedAt + TimeSpan.FromMinutes(1) - Now ?? TimeSpan.Zero;
        dropAlarm.Change(wait > Soonest ? wait : Soonest, Timeout.InfiniteTimeSpan);
    }

    void ReportDrops()
    {
        long more;
        lock (gate)
        {
            more = Dropped - dropsLogged;
            (dropsLogged, dropsLoggedAt, dropsDue) = (Dropped, Now, false);
        }
        if (more > 0) LogDropped(more, Recipe.Name, Recipe.Capacity);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending to {Output} failed and will be tried again, {Pending} waiting: {Reason}")]
    partial void LogFailed(string output, int pending, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Where sending to {Output} failed")]
    partial void LogTrace(Exception e, string output);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sending to {Output} works again.")]
    partial void LogRecovered(string output);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notifications to {Output} will not be sent: {Count}. {Where} {Reason}")]
    partial void LogAbandoned(int count, string output, string where, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications to {Output} were dropped: {Count}, because {Capacity} wait already.")]
    partial void LogDropped(long count, string output, int capacity);
}
