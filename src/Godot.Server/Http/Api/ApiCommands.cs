using Godot.Common;

namespace Godot;

/// <summary>Somebody takes an incident on.</summary>
/// <param name="By">Who.</param>
/// <param name="Note">What they say to it.</param>
/// <param name="Until">Until when; absent, and <paramref name="ForSeconds"/> too: until it is over.</param>
/// <param name="ForSeconds">For how long, instead.</param>
sealed record ApiAcknowledge(string By, string? Note = null, DateTimeOffset? Until = null, double? ForSeconds = null)
{
    public TimeSpan? Time(DateTimeOffset now) => ApiCommand.Time(Until, ForSeconds, now);
}

/// <summary>Somebody ends an incident by hand.</summary>
sealed record ApiResolve(string By);

/// <summary>Somebody has a message sent at once.</summary>
sealed record ApiRetry(string By);

/// <summary>Somebody tries a channel.</summary>
sealed record ApiTest(string By);

/// <summary>Somebody holds notices back for a time.</summary>
/// <param name="Query">Of which incidents: asked of the events that opened them.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">Until when.</param>
/// <param name="ForSeconds">For how long, instead.</param>
sealed record ApiSilenceCommand(string Query, string By, string? Reason = null, DateTimeOffset? Until = null, double? ForSeconds = null)
{
    public TimeSpan Time(DateTimeOffset now) => ApiCommand.Time(Until, ForSeconds, now)
        ?? throw ApiProblemException.BadRequest("A silence has an end: say \"until\", a time, or \"for_seconds\", a number.");
}

/// <summary>What commands have in common.</summary>
static class ApiCommand
{
    // Names and notes stand in the ledger and in notices.
    const int LongestName = 200, LongestNote = 4000;

    static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    /// <summary>Who says so; whoever does not say it is refused.</summary>
    public static string Who(string? by) => by is null || string.IsNullOrWhiteSpace(by)
        ? throw ApiProblemException.BadRequest("Say who you are: \"by\".")
        : Short(by, LongestName, "by");

    public static string? Note(string? text, string name) => text is null ? null : Short(text, LongestNote, name);

    /// <summary>From two ways to say for how long; null: neither was said.</summary>
    public static TimeSpan? Time(DateTimeOffset? until, double? seconds, DateTimeOffset now)
    {
        if (until is not null && seconds is not null)
            throw ApiProblemException.BadRequest("Say either \"until\" or \"for_seconds\", not both.");
        if (seconds is not null and not (> 0 and <= 3660 * 86_400d))
            throw ApiProblemException.BadRequest($"\"for_seconds\" is above zero, and at most {Longest.TotalDays} days.");
        TimeSpan? time = seconds is { } number ? TimeSpan.FromSeconds(number) : until - now;
        return time is null || (time > TimeSpan.Zero && time <= Longest) ? time
            : throw ApiProblemException.BadRequest($"\"until\" is not later than now ({UtcText.Exact(now)}), or more than "
                + $"{Longest.TotalDays} days later.");
    }

    static string Short(string text, int most, string name) => text.Length <= most ? text
        : throw ApiProblemException.BadRequest($"\"{name}\" has more than {most} characters.");
}
