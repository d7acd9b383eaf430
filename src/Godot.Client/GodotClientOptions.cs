using System.Runtime.CompilerServices;
using Godot.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot;

/// <summary>How a <see cref="GodotClient"/> behaves. Immutable; change a copy with <c>with</c>.</summary>
public sealed record GodotClientOptions
{
    // A timer's longest time is 2³² − 2 milliseconds.
    internal static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    /// <summary>
    /// How many bytes of events, as JSON, may wait to be written. 4 MiB unless set: about 17,000 events. At least 1 KiB.
    /// What happens when there are so many, <see cref="WhenFull"/> says.
    /// </summary>
    /// <remarks>Memory is taken when it is needed, and kept.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1 KiB.</exception>
    public int BufferSize
    {
        get;
        init
        {
            RecipeRules.AtLeast(1024, value, "GodotClientOptions.BufferSize", nameof(value));
            field = value;
        }
    } = 4 * 1024 * 1024;

    /// <summary>
    /// What a full buffer does; <see cref="WhenFull.DropNewest"/> unless set, so that a server that hangs does not stop the programs that
    /// report to it. The same whether the server reads slowly or not at all, is not reached yet, or is gone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to something else than one of the values.</exception>
    public WhenFull WhenFull
    {
        get;
        init
        {
            if (!Enum.IsDefined(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "It must be DropNewest, DropOldest or Wait.");
            field = value;
        }
    }

    /// <summary>
    /// How long a send waits for room in a full buffer before it drops; 100 ms unless set, so that a burst that is faster than the network
    /// loses nothing. Zero: not at all. When a wait was in vain, or the connection is lost, later sends do not wait until the server has
    /// taken something again: one that hangs costs a program this time once, not for each event. Not heeded where <see cref="WhenFull"/> is
    /// <see cref="WhenFull.Wait"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than zero, or to more than 49 days.</exception>
    public TimeSpan MaxWait { get; init => field = value == TimeSpan.Zero ? value : Checked(value); } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The host of events that name none, when they are sent by hand; this machine's name unless set, as producers and the <c>godot</c>
    /// tool have it. Null: they are sent without one. A host that is the empty text is left as it is.
    /// </summary>
    public string? Host { get; init; } = Environment.MachineName;

    /// <summary>
    /// The most that the first wait before another attempt can be; 100 ms unless set. Each further wait can be twice as long, up to
    /// <see cref="BackoffMax"/>; each is a random part of what it can be.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero, less, or more than 49 days.</exception>
    public TimeSpan BackoffMin { get; init => field = Checked(value); } = TimeSpan.FromMilliseconds(100);

    /// <summary>The most that any wait before another attempt can be; 30 s unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero, less, or more than 49 days.</exception>
    public TimeSpan BackoffMax { get; init => field = Checked(value); } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many attempts to connect may fail in a row before the client gives up and refuses all events; null, for ever, unless set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1.</exception>
    public int? MaxAttempts
    {
        get;
        init
        {
            RecipeRules.AtLeast(1, value ?? 1, "GodotClientOptions.MaxAttempts", nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// How long each address of the server has to accept a connection; 5 s unless set. A name can have several addresses.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero, less, or more than 49 days.</exception>
    public TimeSpan ConnectTimeout { get; init => field = Checked(value); } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a client that ends tries to write what it still holds, and how long a flush takes at most; 2 s unless set. What is left at
    /// the end is dropped and counted.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to zero, less, or more than 49 days.</exception>
    public TimeSpan FlushTimeout { get; init => field = Checked(value); } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Over UDP, whether events that wait are packed into datagrams of up to 1,400 bytes, which pass an Ethernet unfragmented; false
    /// unless set: one event a datagram. TCP and unix sockets always pack.
    /// </summary>
    public bool PackDatagrams { get; init; }

    /// <summary>Where time comes from; the system's clock unless set.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the client logs connections, losses and failures of producers; nowhere unless set.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// Whether each connection over TCP must have stood for a second before anything is written, so that nothing is lost to a server that
    /// does not let this client in. Otherwise only those that follow a refusal must.
    /// </summary>
    internal bool Careful { get; init; }

    /// <summary>Whether the client gives up as soon as a server does not let it in.</summary>
    internal bool EndWhenRefused { get; init; }

    /// <summary>Makes the back-off repeatable; random unless set.</summary>
    internal int? Seed { get; init; }

    static TimeSpan Checked(TimeSpan value, [CallerMemberName] string name = "")
    {
        RecipeRules.Between(TimeSpan.FromTicks(1), LongestTimer, value, $"GodotClientOptions.{name}", nameof(value));
        return value;
    }
}
