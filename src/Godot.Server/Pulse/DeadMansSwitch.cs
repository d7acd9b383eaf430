using Godot.Common;
using Godot.Runtime;
using Microsoft.Extensions.Logging;

namespace Godot.Pulse;

/// <summary>
/// Pings somebody who raises the alarm when that stays away, and only while the server does its work: its inputs listen, every lane turns,
/// alerts are decided, the store takes that, and what arrives is heard in time.
/// </summary>
/// <param name="every">How often.</param>
/// <param name="to">Who is pinged.</param>
/// <param name="engine">Whose work it vouches for.</param>
/// <param name="program">What the pings call it.</param>
/// <param name="trouble">Why the server around the engine does not do its work; null: it does.</param>
/// <param name="log">Where to warn.</param>
sealed partial class DeadMansSwitch(TimeSpan every, IReadOnlyList<OutputQueue> to, Engine engine, string program, Func<string?> trouble,
    ILogger log)
{
    // After one that was withheld, or that failed; sooner if pings come more often.
    static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    // A lane, or the desk, that takes longer for nothing hangs.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    static readonly TimeSpan LongestPing = TimeSpan.FromMinutes(1);

    readonly TimeProvider clock = engine.TimeProvider;
    readonly OncePerMinute warning = new(engine.TimeProvider);
    long sent, failed, withheld, lastSuccess;
    bool recoveryDue;
    Task? lanes;

    public string To { get; } = string.Join(", ", to.Select(queue => queue.Recipe.ChannelName));

    public long Sent => Interlocked.Read(ref sent);

    public long Failed => Interlocked.Read(ref failed);

    /// <summary>Those that were not sent because the server did not do its work.</summary>
    public long Withheld => Interlocked.Read(ref withheld);

    /// <summary>When it last pinged all of them; null: it has not.</summary>
    public DateTimeOffset? LastSuccess => Interlocked.Read(ref lastSuccess) is var ticks and > 0 ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>Pings until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            long began = clock.GetTimestamp();
            bool pinged = await PingAsync(stop).ConfigureAwait(false);
            TimeSpan rest = (pinged || every < Again ? every : Again) - clock.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<bool> PingAsync(CancellationToken stop)
    {
        try
        {
            if (await TroubleAsync(stop).ConfigureAwait(false) is { } why) return Withhold(why);
            string?[] failures = await Task.WhenAll(to.Select(queue => queue.SendNowAsync(Alive(), LongestPing, stop)))
                .ConfigureAwait(false);
            if (Array.Find(failures, failure => failure is not null) is { } failure)
            {
                Interlocked.Increment(ref failed);
                if (warning.Pass()) LogFailed(To, failure);
                recoveryDue = true;
                return false;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        // Memory has run out, or the engine has a mistake: that it works cannot be said.
        catch (Exception thrown)
        {
            return Withhold(Thrown.MessageOf(thrown));
        }
        Interlocked.Increment(ref sent);
        Interlocked.Exchange(ref lastSuccess, clock.GetUtcNow().UtcTicks);
        if (recoveryDue) LogRecovered(To);
        recoveryDue = false;
        return true;
    }

    bool Withhold(string why)
    {
        Interlocked.Increment(ref withheld);
        if (warning.Pass()) LogWithheld(To, why);
        recoveryDue = true;
        return false;
    }

    // What another server can expect: Reactor.Where("service", "*/alive").Expire().
    Notification Alive() => engine.NewNotification("godot/alive", NotificationKind.Event, new Event
    {
        Host = Environment.MachineName, Service = $"{program}/alive", State = "ok", Ttl = 3 * every, Description = "Alive.",
    });

    async Task<string?> TroubleAsync(CancellationToken stop)
    {
        if (trouble() is { } why) return why;
        // Behind a lane that hangs nobody else need wait.
        if (lanes is not { IsCompleted: false }) lanes = engine.LanesTurnAsync();
        if (!await InTimeAsync(lanes, stop).ConfigureAwait(false))
            return $"a reactor has held its lane for more than {Patience.TotalSeconds} s";
        if (!await InTimeAsync(engine.Alerts.TurnedAsync(), stop).ConfigureAwait(false))
            return $"nothing was decided about alerts for {Patience.TotalSeconds} s";
        if (!engine.Alerts.Desk.StoreTakes) return "the store does not take what is decided about alerts";
        return engine.Backlogs.Lag() > Backlogs.Long ? "reactors are slower than senders" : null;
    }

    async Task<bool> InTimeAsync(Task task, CancellationToken stop)
    {
        try
        {
            await task.WaitAsync(Patience, clock, stop).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dead man's switch does not ping {To}: {Why}")]
    partial void LogWithheld(string to, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dead man's switch could not ping {To}, and tries again: {Reason}")]
    partial void LogFailed(string to, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The dead man's switch pings {To} again")]
    partial void LogRecovered(string to);
}
