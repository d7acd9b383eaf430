namespace Godot;

/// <summary>Marks what was said of a silence while the monitor was overloaded and may not have heard what came.</summary>
static class Unheard
{
    /// <summary>The description of an event that was expected and did not come.</summary>
    public const string NeverSeen = "Never seen since the monitor started.";

    const string Key = "monitor_overloaded_seconds";

    /// <summary>The event with that time in its meta; as it is, if everything was heard.</summary>
    public static EventView Mark(EventView e, TimeSpan unheard) =>
        unheard == TimeSpan.Zero ? e : SetAside.WithMeta(e, Key, (long)Math.Ceiling(unheard.TotalSeconds));
}
