namespace Godot;

/// <summary>One way to tell people, as it stands at the moment; what is counted, is counted since the start.</summary>
/// <param name="Name">As the ledger calls it: <c>email:ops@host.com</c>.</param>
/// <param name="Output">The kind of output: <c>email</c>.</param>
public sealed record ChannelInfo(string Name, string Output)
{
    /// <summary>True if people read it: <see cref="Engine.TestAsync"/> tries those alone.</summary>
    public bool TellsPeople { get; init; }

    /// <summary>Notifications that wait to be sent.</summary>
    public int Pending { get; init; }

    /// <summary>For how long the oldest of them has waited; null if none waits.</summary>
    public TimeSpan? OldestUnsent { get; init; }

    /// <summary>Notifications that were sent.</summary>
    public long Sent { get; init; }

    /// <summary>Attempts that failed; a retry that fails counts again.</summary>
    public long FailedAttempts { get; init; }

    /// <summary>Notifications that were dropped because too many waited.</summary>
    public long Dropped { get; init; }

    /// <summary>Notifications that were given up: refused for good, or unsent at the stop.</summary>
    public long Abandoned { get; init; }

    /// <summary>When something was last sent; null: nothing was.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When an attempt last failed; null: none did.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>Why it did.</summary>
    public string? LastError { get; init; }
}

/// <summary>What became of a test message.</summary>
/// <param name="Channel">Over which channel.</param>
/// <param name="Took">How long that took.</param>
/// <param name="Failure">Why it was not sent; null: it was.</param>
public sealed record ChannelTest(string Channel, TimeSpan Took, string? Failure)
{
    /// <summary>True if the other side has taken it. Whether somebody reads it there, only they can say.</summary>
    public bool IsSent => Failure is null;
}
