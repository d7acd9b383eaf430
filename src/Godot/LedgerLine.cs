namespace Godot;

/// <summary>A decision on an incident, also one not to tell: kept, so that it can be said later why somebody was told, or not.</summary>
/// <param name="Time">When, by the calendar.</param>
/// <param name="What">What was decided: <c>opened critical</c>, <c>told</c>, <c>not told</c>, <c>resolved</c>.</param>
public sealed record LedgerLine(DateTimeOffset Time, string What)
{
    /// <summary>The reactor whose alert it is; null of what is about no incident, such as a silence.</summary>
    public string? Reactor { get; init; }

    /// <summary>The incident's name: service and host, or the values of its key; of what is about no incident, the reactor's.</summary>
    public string? Name { get; init; }

    /// <summary>The incident's id.</summary>
    public string? Incident { get; init; }

    /// <summary>Who was told, or would have been: <c>email:ops@host.com</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>Why; null where that needs no word.</summary>
    public string? Because { get; init; }

    /// <summary>The line as people read it.</summary>
    public override string ToString() =>
        string.Join(' ', new[] { $"{Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}", What, Name, Channel is null ? null : $"-> {Channel}",
            Because is null ? null : $"({Because})" }.Where(part => part is not null));
}
