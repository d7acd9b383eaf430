namespace Godot;

/// <summary>
/// Notices of some incidents are held back for a time; incidents go on opening and ending. What still burns at its end is told then.
/// </summary>
public sealed record Silence
{
    /// <summary>Tells it from others.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Whose incidents: asked of the events that opened them, which have <c>reactor</c>, <c>severity</c> and the alert's labels besides.
    /// </summary>
    public required Query Query { get; init; }

    /// <summary>Who made it.</summary>
    public required string By { get; init; }

    /// <summary>Why; null if they did not say.</summary>
    public string? Reason { get; init; }

    /// <summary>When it began, by the calendar.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ends, by the calendar.</summary>
    public required DateTimeOffset Until { get; init; }
}
