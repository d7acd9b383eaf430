namespace Godot;

/// <summary>What became of an incident so far, as <see cref="Engine.Why"/> tells it.</summary>
/// <param name="Incident">The incident, as it is now.</param>
public sealed record IncidentExplanation(Incident Incident)
{
    /// <summary>Why nobody was told of it; null if somebody was.</summary>
    public string? NotTold { get; init; }

    /// <summary>What comes next of it; null if nothing does by itself.</summary>
    public NextMoment? Next { get; init; }

    /// <summary>What was decided on it, oldest first.</summary>
    public IReadOnlyList<LedgerLine> Ledger { get; init; } = [];
}

/// <summary>When something is looked at again, and what.</summary>
/// <param name="At">When, by the calendar.</param>
/// <param name="What">What is due then: <c>cpu: alert</c>, <c>cpu: told again</c>.</param>
public sealed record NextMoment(DateTimeOffset At, string What)
{
    /// <summary>The moment as people read it.</summary>
    public override string ToString() => $"{At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {What}";
}
