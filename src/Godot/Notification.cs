using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>What a reactor hands to an output: one event, or one batch of them.</summary>
/// <param name="Reactor">The name of the reactor that decided it.</param>
/// <param name="Events">At least one event; several if the reactor emitted a batch.</param>
public sealed record Notification(string Reactor, IReadOnlyList<Event> Events);
