using Godot.Common;
using Microsoft.Extensions.Logging;

namespace Godot.Runtime;

/// <summary>
/// What became of an output's notifications: counts it, for any thread to read, and says it in the log, what goes on once a minute.
/// </summary>
sealed partial class OutputReport : IDisposable
{
    // A timer that is set to nothing may ring before it has been set.
    static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(1);

    readonly OutputRecipe recipe;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly OncePerMinute failureLog;
    bool recoveryDue;

    // Drops are told of by a timer: the worker may be waiting for the output for as long as they go on.
    readonly Lock gate = new();
    readonly ITimer dropAlarm;
    long? dropsLoggedAt;
    long dropsLogged;
    bool dropsDue;

    long sent, failed, dropped, abandoned, lostAtStop;
    long lastSent;
    volatile FailedAttempt? lastFailure;

    public OutputReport(OutputRecipe recipe, OutputContext context)
    {
        (this.recipe, clock) = (recipe, context.TimeProvider);
        log = context.LoggerFactory.CreateSafeLogger("Godot.OutputQueue");
        failureLog = new OncePerMinute(clock);
        dropAlarm = clock.CreateTimer(_ => SayDrops(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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

    /// <summary>When something was last sent; null: nothing was.</summary>
    public DateTimeOffset? LastSuccess => Volatile.Read(ref lastSent) is var ticks and > 0 ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>The last attempt that failed; null: none did.</summary>
    public FailedAttempt? LastFailure => lastFailure;

    public void CountSent(int count)
    {
        if (count == 0) return;
        Interlocked.Add(ref sent, count);
        Volatile.Write(ref lastSent, clock.GetUtcNow().UtcTicks);
    }

    public void CountFailure(Exception e)
    {
        Interlocked.Increment(ref failed);
        lastFailure = new(clock.GetUtcNow(), Thrown.MessageOf(e));
    }

    public void CountLostAtStop(int count) => Interlocked.Add(ref lostAtStop, count);

    /// <summary>
    /// Counts one that has no room. The first is told of at once, what follows once a minute; never on a reactor's thread, which a slow log
    /// would hold up.
    /// </summary>
    public void CountDropped()
    {
        lock (gate)
        {
            Interlocked.Increment(ref dropped);
            if (dropsDue) return;
            dropsDue = true;
            TimeSpan wait = dropsLoggedAt is { } last ? TimeSpan.FromMinutes(1) - clock.GetElapsedTime(last) : Soonest;
            dropAlarm.Change(wait > Soonest ? wait : Soonest, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Counts one that came after the end.</summary>
    public void CountTooLate()
    {
        Interlocked.Increment(ref dropped);
        CountLostAtStop(1);
    }

    /// <summary>An attempt failed, and there will be another.</summary>
    public void SayFailed(Exception e, int pending)
    {
        if (!failureLog.Pass()) return;
        recoveryDue = true;
        LogFailed(recipe.Name, pending, Thrown.MessageOf(e));
        Exception readable = Thrown.Readable(e);
        LogTrace(readable, recipe.Name);
    }

    /// <summary>An attempt did not fail.</summary>
    public void SayRecovered()
    {
        if (recoveryDue) LogRecovered(recipe.Name);
        recoveryDue = false;
    }

    /// <summary>Notifications will not be sent.</summary>
    /// <param name="count">How many.</param>
    /// <param name="where">Where they are now.</param>
    /// <param name="reason">Why; empty if that has been said.</param>
    public void SayAbandoned(int count, string where, string reason)
    {
        Interlocked.Add(ref abandoned, count);
        LogAbandoned(count, recipe.Name, where, reason);
    }

    /// <summary>Notifications were not sent by the end, and are kept for the next start.</summary>
    public void SayLeft(int count) => LogLeft(count, recipe.Name);

    /// <summary>Says what has not been said.</summary>
    public void Dispose()
    {
        dropAlarm.Dispose();
        SayDrops();
    }

    void SayDrops()
    {
        long more;
        lock (gate)
        {
            more = Dropped - dropsLogged;
            (dropsLogged, dropsLoggedAt, dropsDue) = (Dropped, clock.GetTimestamp(), false);
        }
        if (more > 0) LogDropped(more, recipe.Name, recipe.Capacity);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending to {Output} failed and will be tried again, {Pending} waiting: {Reason}")]
    partial void LogFailed(string output, int pending, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Where sending to {Output} failed")]
    partial void LogTrace(Exception e, string output);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sending to {Output} works again.")]
    partial void LogRecovered(string output);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notifications to {Output} will not be sent: {Count}. {Where} {Reason}")]
    partial void LogAbandoned(int count, string output, string where, string reason);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Notifications to {Output} are in the outbox and will be sent after the next start: {Count}.")]
    partial void LogLeft(int count, string output);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications to {Output} were dropped: {Count}, because {Capacity} wait already.")]
    partial void LogDropped(long count, string output, int capacity);
}

/// <summary>An attempt to send that failed.</summary>
/// <param name="At">When.</param>
/// <param name="Why">What was thrown.</param>
sealed record FailedAttempt(DateTimeOffset At, string Why);
