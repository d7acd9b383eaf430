using System.Collections.Concurrent;

namespace Godot.Runtime;

/// <summary>Why a key is to be forgotten.</summary>
enum Forgetting
{
    /// <summary>It has been idle for long, and was not when it was last looked at.</summary>
    FoundIdle,

    /// <summary>It has been idle for longer.</summary>
    StillIdle,

    /// <summary>Room is short: as long as its verbs would remember is no reason to keep it.</summary>
    Early,

    /// <summary>Room is so short that not even something that waits is a reason.</summary>
    Forced,
}
