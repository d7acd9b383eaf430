using Godot.Pulse;
using Godot.Survival;

namespace Godot;

/// <summary>The run of a server, as HTTP shows it.</summary>
interface IServed
{
    Engine Engine { get; }

    /// <summary>What keeps what the engine knows; null if nothing does.</summary>
    StateKeeper? State { get; }

    /// <summary>The clients of <c>/events</c>.</summary>
    Subscribers Subscribers { get; }

    /// <summary>Those who are pinged as long as the server does its work.</summary>
    IReadOnlyList<DeadMansSwitch> Switches { get; }

    IReadOnlyList<Input> Inputs { get; }

    /// <summary>What shows it; null if nothing does.</summary>
    HttpMonitor? Http { get; }

    /// <summary>The beginnings of lines that connections keep.</summary>
    UnfinishedLines Unfinished { get; }

    /// <summary>All inputs listen, and none has been told to stop.</summary>
    bool Ready { get; }

    /// <summary>No reactor hangs, and no input has failed.</summary>
    bool Healthy { get; }

    /// <summary>
    /// What <c>/healthz</c> says while all is well. Overload is said, and is no failure: to start anew would lose state, and change
    /// nothing.
    /// </summary>
    string Health { get; }
}
