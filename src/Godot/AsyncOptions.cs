namespace Godot;

/// <summary>How the asynchronous functions of <c>Map</c> and <c>Where</c> are called.</summary>
public sealed record AsyncOptions
{
    /// <summary>How many calls may be under way at once, at least 1. Default 16.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>
    /// How many further events may wait, for their turn or for an earlier one's result; what comes beyond it is lost in this reactor,
    /// counted and logged. Default 1,000.
    /// </summary>
    public int Capacity { get; init; } = 1000;

    /// <summary>
    /// How long a call may take, at most 24 hours. Then it is told to stop by its token, and its event is lost, counted and logged.
    /// Default: 10 seconds.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Results are passed on in the order of the events, so that one slow call holds up those behind it. Default true; otherwise as they
    /// come.
    /// </summary>
    public bool KeepOrder { get; init; } = true;

    internal AsyncOptions Check()
    {
        if (Concurrency < 1)
            throw new ArgumentException($"Concurrency is {Concurrency}; allow at least one call at a time.", nameof(Concurrency));
        if (Capacity < 0) throw new ArgumentException($"Capacity is {Capacity}; make it 0 or more.", nameof(Capacity));
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromHours(24))
            throw new ArgumentException($"Timeout is {Timeout}; make it longer than zero, and at most 24 hours.", nameof(Timeout));
        return this;
    }
}
