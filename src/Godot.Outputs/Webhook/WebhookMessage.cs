using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Godot.Common;

namespace Godot;

/// <summary>What is posted: fixed, so that a retry sends the same.</summary>
/// <param name="Id">Of the notification; of several, one that is made of theirs.</param>
/// <param name="First">The id of the first notification in it.</param>
/// <param name="Count">How many notifications are in it.</param>
/// <param name="Body">The JSON, in UTF-8.</param>
sealed record WebhookMessage(string Id, string First, int Count, ReadOnlyMemory<byte> Body)
{
    // Many receivers take no more.
    const int Longest = 1024 * 1024;

    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Puts as many notifications in one message, from the first on, as fit into it; at least one.</summary>
    public static WebhookMessage Of(IReadOnlyList<Notification> notifications, DateTimeOffset now)
    {
        List<byte[]> taken = [WebhookJson.Of(notifications[0], Longest)];
        int length = taken[0].Length;
        while (taken.Count < notifications.Count && WebhookJson.Of(notifications[taken.Count], Longest) is var next
            && length + next.Length <= Longest)
        {
            taken.Add(next);
            length += next.Length;
        }
        string id = taken.Count == 1 ? notifications[0].Id
            : Digest.Of(string.Join('\n', notifications.Take(taken.Count).Select(notification => notification.Id)));
        bool isTest = notifications.Take(taken.Count).All(notification => notification.Kind == NotificationKind.Test);
        return new(id, notifications[0].Id, taken.Count, Envelope(isTest ? "godot.test" : "godot.notifications", now, taken));
    }

    /// <summary>True if it tells of these, from one on.</summary>
    public bool Begins(IReadOnlyList<Notification> notifications, int at) =>
        at + Count <= notifications.Count && notifications[at].Id == First;

    static ReadOnlyMemory<byte> Envelope(string type, DateTimeOffset now, List<byte[]> notifications)
    {
        ArrayBufferWriter<byte> body = new();
        using Utf8JsonWriter json = new(body, Readable);
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("timestamp", UtcText.Exact(now));
        json.WriteStartObject("data");
        json.WriteStartArray("notifications");
        foreach (byte[] notification in notifications) json.WriteRawValue(notification, skipInputValidation: true);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
