namespace Godot;

/// <summary>What a reactor hands to an output: one event, or one batch of them.</summary>
/// <param name="Reactor">The name of the reactor that decided it.</param>
/// <param name="Events">At least one event; several if the reactor emitted a batch.</param>
public sealed record Notification(string Reactor, IReadOnlyList<Event> Events)
{
    /// <summary>
    /// Unlike that of any other notification, and the same on every retry: by it a receiver tells what it has had already. 32 letters and
    /// digits that sort by time.
    /// </summary>
    public string Id { get; init; } = Guid.CreateVersion7().ToString("N");

    /// <summary>The identity of the verb that handed it over, as metrics call it: <c>email</c>, <c>by/email.2</c>.</summary>
    public string Step { get; init; } = "";

    /// <summary>What it tells of.</summary>
    public NotificationKind Kind { get; init; }

    /// <summary>
    /// What it says of incidents, one or several that are told together; empty if it is no alert. <see cref="Events"/> are then their
    /// latest events, in the same order.
    /// </summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];
}
