using System.Net;
using Godot.Common;
using Godot.Events;

namespace Godot;

/// <summary>
/// What a server needs to know before it starts, and its limits. Change some with an initialiser; the others keep their defaults.
/// </summary>
public sealed record GodotServerOptions
{
    /// <summary>
    /// The engine's own options: clock, loggers, lanes, the number of series and keys. Where no loggers are given here, <c>RunAsync</c>
    /// logs to the standard output, <c>StartAsync</c> warnings and errors to the standard error output, a host to its own loggers.
    /// </summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>
    /// How many TCP and unix connections may be open at once, over all inputs; a further one is closed as soon as it was accepted, and
    /// counted. Default: 10,000. Where the process may not open so many files, it is as many as leave some for the rest of it, and the
    /// start warns.
    /// </summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>
    /// How many HTTP connections may be open at once; a further one is closed as soon as it was accepted, and counted. Default: 256, or
    /// fewer as with <see cref="MaxConnections"/>.
    /// </summary>
    public int MaxHttpConnections { get; init; } = 256;

    /// <summary>
    /// The names by which others may ask for this machine over HTTP, such as <c>monitor.example.com</c>; its IP addresses and
    /// <c>localhost</c> always are. Requests to any other name are refused, since any web page can give this machine a name of its own.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<string> HttpNames { get; init; } = [];

    /// <summary>
    /// How long a connection may send nothing before it is closed; it is noticed at most a quarter later.
    /// <see cref="Timeout.InfiniteTimeSpan"/>: for ever. Default: one hour, so that a client that reports hourly may stay and one that
    /// leaks connections is noticed the same day. Peers that vanished are found by TCP keep-alive within two minutes, whatever stands here.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The longest line in bytes, without its newline; a longer one is skipped to its newline and counted. Default: 64 KiB.
    /// </summary>
    public int MaxLineLength { get; init; } = 64 * 1024;

    /// <summary>
    /// How many bytes the beginnings of lines whose rest has not come may take, those of all connections together. Beyond it the connection
    /// that holds the most is closed, the oldest of several, and counted. Default: 64 MiB; in any case room for four lines of
    /// <see cref="MaxLineLength"/>.
    /// </summary>
    public long MaxUnfinishedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The longest event in bytes; a longer one in a batch is rejected alone. Default: 64 KiB.</summary>
    public int MaxEventLength { get; init; } = 64 * 1024;

    /// <summary>How deep objects and arrays of an event may nest, its own braces counted. Default: 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>
    /// True: an event with a member of the wrong type or out of range, such as <c>"metric":"much"</c>, is rejected as a whole. False: it is
    /// kept without that member, and counted, so that a heartbeat is heard. Either way is in docs/wire.md. Default: false.
    /// </summary>
    public bool StrictEvents { get; init; }

    /// <summary>
    /// How many bytes of datagrams, and two more for each, a UDP input keeps while reactors are busy; what does not fit is dropped and
    /// counted. Default: 16 MiB.
    /// </summary>
    public int UdpQueueBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// The receive buffer in bytes that the kernel is asked for, per UDP socket; it may grant less (<c>net.core.rmem_max</c>). Default: 8
    /// MiB.
    /// </summary>
    public int UdpReceiveBufferBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How many clients may follow <c>/events</c> at once; a further one is refused, and counted. Default: 16; 0: none.</summary>
    public int MaxSubscribers { get; init; } = 16;

    /// <summary>
    /// How many bytes may wait for each client of <c>/events</c>; what does not fit is lost to that client, which is told how much, and
    /// counted. Default: 1 MiB.
    /// </summary>
    public int SubscriberBufferBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// How long a stop may take, from the last accepted connection to flushed outputs; what is not done by then is given up, and logged. At
    /// most a day. Default: 5 seconds.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long at least senders have to be heard from again when a server goes on from what it knew before its start
    /// (<c>Data</c>): nobody that it was waiting for then is called silent before. Default: 40 seconds, since a
    /// <see cref="GodotClient"/> waits up to 30 between two attempts, one may take 5, and then it has something to send.
    /// </summary>
    public TimeSpan StartGrace { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How often what is known is saved; tests that are killed in between have less time.</summary>
    internal TimeSpan SnapshotEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whose addresses are this machine's own; tests make strangers of their own connections.</summary>
    internal Func<IPAddress, bool> IsThisMachine { get; init; } = ThisMachine.Has;

    internal WireLimits Wire => new(MaxLineLength, MaxEventLength, MaxDepth, Engine.MaxNameLength, StrictEvents);

    /// <summary>What inputs need to know of them.</summary>
    internal InputOptions Inputs => new()
    {
        Clock = Engine.TimeProvider,
        Limits = Wire with { FromOutside = true },
        IdleTimeout = IdleTimeout,
        StopTimeout = StopTimeout,
        UdpQueueBytes = UdpQueueBytes,
        UdpReceiveBufferBytes = UdpReceiveBufferBytes,
        IsThisMachine = IsThisMachine,
    };

    /// <summary>Refuses numbers that cannot work.</summary>
    internal GodotServerOptions Checked()
    {
        RecipeRules.AtLeast(1, MaxConnections, "GodotServerOptions.MaxConnections", nameof(MaxConnections));
        RecipeRules.AtLeast(1, MaxHttpConnections, "GodotServerOptions.MaxHttpConnections", nameof(MaxHttpConnections));
        RecipeRules.AtLeast(0, MaxUnfinishedBytes, "GodotServerOptions.MaxUnfinishedBytes", nameof(MaxUnfinishedBytes));
        ArgumentNullException.ThrowIfNull(HttpNames);
        RecipeRules.AtLeast(2, MaxLineLength, "GodotServerOptions.MaxLineLength", nameof(MaxLineLength));
        RecipeRules.AtLeast(2, MaxEventLength, "GodotServerOptions.MaxEventLength", nameof(MaxEventLength));
        RecipeRules.AtLeast(1, MaxDepth, "GodotServerOptions.MaxDepth", nameof(MaxDepth));
        const int OneDatagram = Port.LongestDatagram + DatagramQueue.Header;
        RecipeRules.AtLeast(OneDatagram, UdpQueueBytes, "GodotServerOptions.UdpQueueBytes", nameof(UdpQueueBytes));
        RecipeRules.AtLeast(1, UdpReceiveBufferBytes, "GodotServerOptions.UdpReceiveBufferBytes", nameof(UdpReceiveBufferBytes));
        RecipeRules.AtLeast(0, MaxSubscribers, "GodotServerOptions.MaxSubscribers", nameof(MaxSubscribers));
        RecipeRules.AtLeast(2, SubscriberBufferBytes, "GodotServerOptions.SubscriberBufferBytes", nameof(SubscriberBufferBytes));
        RecipeRules.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1), StopTimeout, "GodotServerOptions.StopTimeout",
            nameof(StopTimeout));
        RecipeRules.NotNegative(StartGrace, "GodotServerOptions.StartGrace", nameof(StartGrace));
        if (IdleTimeout != Timeout.InfiniteTimeSpan)
            RecipeRules.Positive(IdleTimeout, "GodotServerOptions.IdleTimeout", nameof(IdleTimeout));
        return this;
    }
}
