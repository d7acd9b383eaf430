using Godot.Runtime;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>What the inputs of one running server share.</summary>
/// <param name="ReaderSlots">The ways into the engine.</param>
/// <param name="Connections">The connections that are open.</param>
/// <param name="Unfinished">What their beginnings of lines take.</param>
/// <param name="Stopping">Cancelled when no more events shall be accepted.</param>
/// <param name="Abandon">
/// Cancelled when a stop has waited long enough for what arrived: what is still unread is dropped and counted.
/// </param>
sealed record InputContext(
    InputOptions Options,
    ReaderSlots ReaderSlots,
    ConnectionLimit Connections,
    UnfinishedLines Unfinished,
    ILogger Log,
    CancellationToken Stopping,
    CancellationToken Abandon)
{
    public TimeProvider Clock => Options.Clock;

    /// <summary>What has arrived and has not gone through the engine: each place where something can wait opens one.</summary>
    public Backlogs Backlogs => ReaderSlots.Backlogs;
}
