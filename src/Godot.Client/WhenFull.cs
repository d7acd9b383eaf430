namespace Godot;

/// <summary>
/// What a client does with an event for which its buffer has no room: because the server reads slowly or not at all, or cannot be reached.
/// </summary>
public enum WhenFull
{
    /// <summary>
    /// The new event is dropped and counted, after a wait of <see cref="GodotClientOptions.MaxWait"/> at most. What a client does unless
    /// told otherwise.
    /// </summary>
    DropNewest,

    /// <summary>
    /// The oldest events are dropped and counted to make room, after a wait of <see cref="GodotClientOptions.MaxWait"/> at most. Those of
    /// the write that is under way, 64 KiB at most, stay; where they are all that there is, the new event is dropped.
    /// </summary>
    DropOldest,

    /// <summary>
    /// Whoever sends waits until there is room, however long that takes; nothing is dropped. For programs that have nothing else to do than
    /// to send.
    /// </summary>
    Wait,
}
