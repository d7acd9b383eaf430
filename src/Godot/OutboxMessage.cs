namespace Godot;

/// <summary>What was decided and is not delivered: it waits, is tried again, or is a dead letter. A copy of a moment.</summary>
/// <param name="Id">By it <see cref="Engine.RetryOutbox"/> and <see cref="Engine.DropOutbox"/> know it.</param>
/// <param name="Channel">Whom it is for: <c>email:ops@host.com</c>.</param>
/// <param name="Tells">What it tells, in a line.</param>
/// <param name="Since">When the first of what it tells was decided.</param>
/// <param name="Age">How long that is ago.</param>
public sealed record OutboxMessage(string Id, string Channel, string Tells, DateTimeOffset Since, TimeSpan Age)
{
    /// <summary>How often it was tried to send it.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried again; null: as soon as its turn comes, or, of a dead letter, never.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>Why it could not be sent when that was last tried; null: it was not tried.</summary>
    public string? LastError { get; init; }

    /// <summary>True if it will not be tried again: it was refused for good, is too old, or its channel is gone from the program.</summary>
    public bool IsDead { get; init; }
}
