namespace Godot;

/// <summary>What a notification tells of.</summary>
public enum NotificationKind
{
    /// <summary>One event.</summary>
    Event,

    /// <summary>A batch: events that a verb gathered, in its order; or what fell silent while the server was away.</summary>
    Batch,

    /// <summary>Incidents that an alert opened, or that went on or ended: <see cref="Notification.Notices"/>.</summary>
    Alert,

    /// <summary>Somebody tries whether it arrives: nothing is wrong.</summary>
    Test,
}
