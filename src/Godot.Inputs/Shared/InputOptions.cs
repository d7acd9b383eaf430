using System.Net;
using Godot.Events;

namespace Godot;

/// <summary>What inputs need to know of a server's options.</summary>
sealed record InputOptions
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How much a message and an event may be.</summary>
    public WireLimits Limits { get; init; } = WireLimits.Default;

    /// <summary>How long a connection may send nothing before it is closed.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>How long a stop may take, all in all.</summary>
    public required TimeSpan StopTimeout { get; init; }

    /// <summary>How many bytes of datagrams each UDP input keeps.</summary>
    public required int UdpQueueBytes { get; init; }

    /// <summary>The receive buffer that the kernel is asked for, per UDP socket.</summary>
    public required int UdpReceiveBufferBytes { get; init; }

    /// <summary>Whose addresses are this machine's own.</summary>
    public required Func<IPAddress, bool> IsThisMachine { get; init; }
}
