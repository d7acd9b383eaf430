using Godot.Common;
using Godot.Stages;
using Microsoft.Extensions.Logging;

namespace Godot.Runtime;

/// <summary>
/// What waits before the engine, in all its inputs together: the engine has heard everything up to when the oldest of it came. While that
/// is too long ago the monitor is overloaded, and time stands still for silences, as it does while the process is stopped.
/// </summary>
/// <remarks>
/// It is one time for all series, not one for each connection: a slow reactor holds up every connection, and who will say what on which is
/// not known beforehand.
/// </remarks>
sealed partial class Backlogs(Engine engine, EngineOptions options)
{
    /// <summary>What waits for longer shows that reactors are slower than senders, who may be kept waiting themselves, for nobody knows how
    /// long.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(250);

    /// <summary>A lag worth a warning.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    // Overload is looked at every second. What adds more at once was a stall that nobody noticed.
    static readonly long MostAtOnce = 10 * LaneClock.Pulse;

    // To look at one backlog costs some nanoseconds; it is not done more often than once in this time for each of them.
    static readonly long PauseForEach = TimeSpan.FromMicroseconds(1).Ticks;

    readonly ILogger logger = options.LoggerFactory.CreateSafeLogger("Godot.Engine");
    readonly OncePerMinute warning = new(options.TimeProvider);
    readonly Lock gate = new();
    readonly List<Backlog> all = [];

    // When they were looked at, and up to when everything had been heard then.
    long looked = -PauseForEach, heardUpTo;

    // How long nobody has been heard so far, for how much of that the engine was overloaded, and until when that is known.
    long unheard, overloaded, countedUntil;

    /// <summary>100 ns since the engine began, less the time in which the process was stalled; never 0.</summary>
    public long Now
    {
        get
        {
            long now = engine.Now;
            return Math.Max(1, now - engine.Stalls.StalledBy(now));
        }
    }

    /// <summary>How long, in 100 ns, what had arrived has not been heard so far; a second behind at most.</summary>
    public long Unheard => Volatile.Read(ref unheard);

    /// <summary>For how much of that the engine was overloaded; the rest was a stall.</summary>
    public long Overloaded => Volatile.Read(ref overloaded);

    public Backlog Open(string input)
    {
        Backlog backlog = new(this, input);
        lock (gate)
        {
            backlog.Place = all.Count;
            all.Add(backlog);
        }
        return backlog;
    }

    public void Remove(Backlog backlog)
    {
        lock (gate)
        {
            if (backlog.Place >= all.Count || all[backlog.Place] != backlog) return;
            Backlog last = all[^1];
            all[last.Place = backlog.Place] = last;
            all.RemoveAt(all.Count - 1);
        }
    }

    /// <summary>For how long the oldest of what waits has waited; zero if nothing does.</summary>
    /// <param name="input">At this input; null: at any.</param>
    public TimeSpan Lag(string? input = null)
    {
        long now = Now;
        lock (gate)
        {
            (long since, _) = Oldest(now, input);
            return new TimeSpan(now - since);
        }
    }

    /// <summary>Looks whether the engine is overloaded. Returns up to when everything has been heard, less what was not, and for how long
    /// the oldest of what waits has waited.</summary>
    public (long Heard, long Lag) Look(long now)
    {
        Backlog? oldest = null;
        long heard, lag;
        lock (gate)
        {
            if (now - looked >= all.Count * PauseForEach)
            {
                looked = now;
                (heardUpTo, oldest) = Oldest(now, null);
                Count(heardUpTo, now);
            }
            heard = Math.Max(heardUpTo, countedUntil) - unheard;
            lag = now - heardUpTo;
        }
        if (oldest is not null) Warn(oldest, lag);
        return (heard, lag);
    }

    /// <summary>What had waited since then has gone through the engine now.</summary>
    public void Note(Backlog backlog, long since)
    {
        long now = Now;
        if (now - since <= Slack.Ticks) return;
        lock (gate) Count(since, now);
        Warn(backlog, now - since);
    }

    // Under the gate. What one backlog has been counted for is not counted for another.
    void Count(long since, long now)
    {
        if (now - since <= Slack.Ticks || now <= countedUntil) return;
        long more = now - Math.Max(since, countedUntil);
        Volatile.Write(ref overloaded, overloaded + Math.Min(more, MostAtOnce));
        Volatile.Write(ref unheard, unheard + more);
        countedUntil = now;
    }

    // Under the gate.
    (long Since, Backlog? Oldest) Oldest(long now, string? input)
    {
        (long since, Backlog? oldest) = (now, null);
        foreach (Backlog backlog in all)
        {
            if (backlog.Since is var other && other != 0 && other < since && (input is null || backlog.Input == input))
                (since, oldest) = (other, backlog);
        }
        return (since, oldest);
    }

    void Warn(Backlog backlog, long lag)
    {
        if (lag > Long.Ticks && warning.Pass()) Behind(backlog.Input, lag / (double)TimeSpan.TicksPerSecond);
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning,
        Message = "What waits at {Input} is {Lag:0.0} s old: reactors are slower than senders, or it takes nothing in. Silence is not "
        + "judged meanwhile, 10 minutes at most")]
    partial void Behind(string input, double lag);
}
