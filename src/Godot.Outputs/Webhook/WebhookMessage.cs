using Godot.Common;

namespace Godot;

/// <summary>What is posted: fixed, so that a retry sends the same.</summary>
/// <param name="Id">Of the notification; of several, one that is made of theirs.</param>
/// <param name="First">The id of the first notification in it.</param>
/// <param name="Count">How many notifications are in it.</param>
/// <param name="Body">The JSON, in UTF-8.</param>
sealed record WebhookMessage(string Id, string First, int Count, byte[] Body)
{
    public static WebhookMessage Of(IReadOnlyList<Notification> notifications, DateTimeOffset now)
    {
        string id = notifications.Count == 1 ? notifications[0].Id
            : Digest.Of(string.Join('\n', notifications.Select(notification => notification.Id)));
        return new(id, notifications[0].Id, notifications.Count, WebhookJson.Of(notifications, now));
    }

    /// <summary>True if these begin with what it tells of.</summary>
    public bool Begins(IReadOnlyList<Notification> notifications) => Count <= notifications.Count && notifications[0].Id == First;
}
