using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

/// <summary>What an engine needs to know before it starts.</summary>
public sealed record EngineOptions
{
    /// <summary>
    /// The clock of every timer and time stamp. Default: the system's. A timer of it that comes more than a second late is taken for a
    /// stall of the process, in which nobody could be heard: a clock that leaps ahead, as test clocks do, must fire its timers at their own
    /// times (the test kit's does).
    /// </summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where to log. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The host's services, handed to outputs. Default: none.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>
    /// Into how many lanes the state is divided, 1 to 64; as many threads can work at once. What comes out does not depend on it. Default:
    /// the number of processors, at most 16.
    /// </summary>
    public int Lanes { get; init; } = Math.Min(Environment.ProcessorCount, 16);

    /// <summary>
    /// How many series, (host, service) pairs, may be known at once. When a further one needs room, an eighth is forgotten early, with its
    /// windows, but at most once a second: first those that came once and never again, then those that have been idle longest; what waits
    /// for a moment to come is spared as long as that gives room. An event says so: service "godot/series-forgotten", state "warning".
    /// Events of series for which there is no room are dropped and counted, and another event says so: "godot/series-exceeded", state
    /// "critical". Both have the machine's name as host and as metric how many there were so far, there is always room for them, and they
    /// come at most once a minute. Default: 1,000,000.
    /// </summary>
    public int MaxSeries { get; init; } = 1_000_000;

    /// <summary>
    /// How many keys each <c>By</c> may hold at once, and each verb that follows series behind one that changes them. Beyond it goes as
    /// with <see cref="MaxSeries"/>: keys are forgotten early ("godot/keys-forgotten"), and events that find no room are lost in that
    /// reactor and counted ("godot/keys-exceeded"). Default: 1,000,000.
    /// </summary>
    public int MaxKeys { get; init; } = 1_000_000;

    /// <summary>
    /// The longest host and the longest service, in bytes of UTF-8. Inputs reject events with a longer one (reason "name_too_long"), and
    /// <see cref="Engine.Feed"/> does not take them. Default: 1,024.
    /// </summary>
    public int MaxNameLength { get; init; } = 1024;

    /// <summary>
    /// How many bytes the names of all series may take, and those of the keys of each <c>By</c>. Beyond it goes as with
    /// <see cref="MaxSeries"/>. Default: 256 MiB.
    /// </summary>
    public long MaxNameBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>
    /// How long a key may be without an event, and without something that waits in it, before its state is freed, unless a verb remembers
    /// it longer. It is looked for four times in that time, and so may take a quarter more; a stall of the process does not count. Default:
    /// 24 hours.
    /// </summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a verb without a time of its own (<see cref="Reactor.ChangedState"/>, <see cref="Reactor.Runs"/>, an average of so many
    /// events …) remembers a key that is idle, and any verb at least whose meaning outlasts its time. A verb with a longer time,
    /// <c>Throttle(1, per: 60 * days)</c>, remembers as long as that.
    /// <see cref="Reactor.By(Fields, Func{Reactor, Reactor}, int?, TimeSpan?)"/> may say otherwise for the verbs inside. Nothing is freed
    /// before <see cref="IdleAfter"/>, whatever stands here; more than 100 years are 100 years. Default: 31 days.
    /// </summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromDays(31);

    /// <summary>
    /// How long it is tried to deliver what an output keeps (mails, text messages) before it is a dead letter. Default: three days.
    /// </summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Where alerts are kept. Default: in memory, as long as the engine runs.</summary>
    internal Alerting.IAlertStore? Store { get; init; }

    /// <summary>
    /// How long at least whoever was waited for when state was saved has to be heard from again once it is loaded. Default: as long as was
    /// left of it.
    /// </summary>
    internal TimeSpan LoadGrace { get; init; }

    /// <summary>Listens to every reactor, and in the place of outputs. For tests.</summary>
    internal Runtime.ITap? Tap { get; init; }

    /// <summary>
    /// Stages that call asynchronous functions wait for the answer on the spot: what comes out, and when, then does not depend on how long
    /// that takes. For tests and replay.
    /// </summary>
    internal bool WaitsForTasks { get; init; }
}
