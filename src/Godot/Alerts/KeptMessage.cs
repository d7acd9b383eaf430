namespace Godot.Alerting;

/// <summary>
/// A row of the outbox: what is to be sent over a channel and is not delivered. It is one notification until it is taken to be sent, then
/// the message that tells several.
/// </summary>
/// <param name="Id">Of a message, the id under which it is sent.</param>
/// <param name="Channel">As the ledger calls it: <c>email:ops@host.com</c>.</param>
/// <param name="Notifications">What it tells. Like the content, they never change.</param>
sealed record KeptMessage(string Id, string Channel, IReadOnlyList<Notification> Notifications)
{
    /// <summary>What is sent; null: it has not been put together.</summary>
    public byte[]? Content { get; init; }

    /// <summary>How many attempts have begun.</summary>
    public int Attempts { get; init; }

    /// <summary>An attempt has begun, and nobody said that it was not taken: what is sent again is this message, and no other.</summary>
    public bool MayBeTaken { get; init; }

    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; init; }

    /// <summary>Since when it is a dead letter; null: it is none.</summary>
    public DateTimeOffset? DeadAt { get; init; }

    /// <summary>When the first of what it tells was decided.</summary>
    public DateTimeOffset Since => Notifications.Min(notification => notification.DecidedAt);

    /// <summary>What it tells in a line: of much, the first.</summary>
    public string Tells
    {
        get
        {
            string[] titles = [.. Notifications.SelectMany(TitlesOf)];
            string first = string.Join("; ", titles.Take(MostTold));
            return titles.Length > MostTold ? $"{first} and {titles.Length - MostTold} more" : first;
        }
    }

    const int MostTold = 3;

    static IEnumerable<string> TitlesOf(Notification notification) => notification.Notices.Count > 0
        ? notification.Notices.Select(notice => notice.Title)
        : notification.Events.Select(e => $"{e.State} {e.Service} {e.Host}".Trim());
}
