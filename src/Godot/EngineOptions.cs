using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

/// <summary>What an engine needs to know before it starts.</summary>
public sealed record EngineOptions
{
    /// <summary>
    /// The clock of every timer and time stamp. Default: the system's. A timer of it that comes more than a second late is taken for a stall of the process, in which
    /// nobody could be heard: a clock that leaps ahead, as test clocks do, must fire its timers at their own times (the test kit's does).
    /// </summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where to log. Default: nowhere.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The host's services, handed to outputs. Default: none.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Into how many lanes the state is divided, 1 to 64; as many threads can work at once. What comes out does not depend on it. Default: the number of processors, at most 16.</summary>
    public int Lanes { get; init; } = Math.Min(Environment.ProcessorCount, 16);

    /// <summary>
    /// How many series, (host, service) pairs, may be known at once; events of further ones are dropped and counted. An event says so, for which there is always room: service
    /// "godot/series-exceeded", the machine's name as host, state "critical", as metric how many were dropped so far; at most once a minute. Default: 1,000,000.
    /// </summary>
    public int MaxSeries { get; init; } = 1_000_000;

    /// <summary>
    /// How many keys each <c>By</c> may hold at once, and each verb that follows series behind one that changes them; events of further ones are lost in that reactor
    /// and counted, and an event "godot/keys-exceeded" says so. Default: 1,000,000.
    /// </summary>
    public int MaxKeys { get; init; } = 1_000_000;

    /// <summary>
    /// How long a key may be without an event, and without something that waits in it, before its state is freed. It is looked for four times in that time, and so may take a quarter more; a stall of the process does not count. Default: 24 hours.
    /// </summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Stages that call asynchronous functions wait for the answer on the spot: what comes out, and when, then does not depend on how long that takes. For tests and replay.</summary>
    internal bool WaitsForTasks { get; init; }
}
