using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Godot.Common;

namespace Godot;

/// <summary>Notifications as JSON: docs/webhook.schema.json says what is in it.</summary>
static class WebhookJson
{
    // So long it is whole, which most receivers take. Of incidents beyond it there is what a program must know, and at last a number.
    const int LongestWhole = 1024 * 1024, Longest = 4 * LongestWhole;

    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Of(IReadOnlyList<Notification> notifications, DateTimeOffset now)
    {
        ArrayBufferWriter<byte> text = new();
        using Utf8JsonWriter json = new(text, Readable);
        json.WriteStartObject();
        json.WriteString("type", notifications.All(one => one.Kind == NotificationKind.Test) ? "godot.test" : "godot.notifications");
        json.WriteString("timestamp", UtcText.Exact(now));
        json.WriteStartObject("data");
        json.WriteStartArray("notifications");
        foreach (Notification notification in notifications) Write(json, notification);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return text.WrittenSpan.ToArray();
    }

    static void Write(Utf8JsonWriter json, Notification notification)
    {
        json.WriteStartObject();
        json.WriteString("id", notification.Id);
        json.WriteString("kind", Kind(notification.Kind));
        json.WriteString("reactor", notification.Reactor);
        if (notification.Step.Length > 0) json.WriteString("step", notification.Step);
        if (notification.Notices.Count > 0) Write(json, "notices", notification.Notices, Write);
        else Write(json, "events", notification.Events, Write);
        json.WriteEndObject();
    }

    static void Write<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        int written = 0;
        for (; written < items.Count && Length(json) < Longest; written++) write(json, items[written]);
        json.WriteEndArray();
        if (written < items.Count) json.WriteNumber("left_out", items.Count - written);
    }

    static long Length(Utf8JsonWriter json) => json.BytesCommitted + json.BytesPending;

    static void Write(Utf8JsonWriter json, Notice notice)
    {
        bool whole = Length(json) < LongestWhole;
        json.WriteStartObject();
        json.WriteString("transition", Word(notice.Transition));
        json.WriteString("title", notice.Title);
        if (whole)
        {
            WriteIfAny(json, "text", notice.Text);
            WriteIfAny(json, "late", notice.HeldBack);
        }
        json.WriteStartObject("incident");
        json.WriteString("id", notice.Incident.Id);
        json.WriteString("name", notice.Incident.Name);
        json.WriteString("reactor", notice.Incident.Reactor);
        json.WriteString("severity", notice.Incident.Severity);
        if (whole) WriteRest(json, notice.Incident);
        json.WriteEndObject();
        if (whole)
        {
            json.WritePropertyName("event");
            Write(json, notice.Incident.Latest);
        }
        json.WriteEndObject();
    }

    static void WriteRest(Utf8JsonWriter json, Incident incident)
    {
        json.WriteString("step", incident.Step);
        Write(json, "key", incident.Key);
        json.WriteNumber("episode", incident.Episode);
        json.WriteString("opened_as", incident.OpenedAs.Length > 0 ? incident.OpenedAs : incident.Severity);
        json.WriteString("opened", UtcText.Exact(incident.Opened));
        json.WriteNumber("duration", incident.Lasted.TotalSeconds);
        WriteIfAny(json, "ended", incident.Ended);
        json.WriteBoolean("recovering", incident.IsRecovering);
        json.WriteBoolean("flapping", incident.IsFlapping);
        if (incident.Acknowledged is { } by)
        {
            json.WriteStartObject("acknowledged");
            json.WriteString("by", by.By);
            WriteIfAny(json, "note", by.Note);
            WriteIfAny(json, "until", by.Until is { } until ? UtcText.Exact(until) : null);
            json.WriteEndObject();
        }
        Write(json, "labels", incident.Labels.Labels);
        WriteIfAny(json, "owner", incident.Labels.Owner);
        WriteIfAny(json, "runbook", incident.Labels.Runbook);
    }

    // As it would be sent to a server: it is whole, and in UTF-8, or it would not have come in.
    static void Write(Utf8JsonWriter json, Event e)
    {
        ArrayBufferWriter<byte> text = new();
        e.WriteTo(text);
        json.WriteRawValue(text.WrittenSpan, skipInputValidation: true);
    }

    static void Write(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        json.WriteStartObject(name);
        foreach ((string key, string value) in values) json.WriteString(key, value);
        json.WriteEndObject();
    }

    static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    static string Kind(NotificationKind kind) => kind switch
    {
        NotificationKind.Event => "event",
        NotificationKind.Batch => "batch",
        NotificationKind.Alert => "alert",
        NotificationKind.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    static string Word(Transition transition) => transition switch
    {
        Transition.Opened => "opened",
        Transition.Worse => "worse",
        Transition.Recovering => "recovering",
        Transition.Resolved => "resolved",
        Transition.Acknowledged => "acknowledged",
        Transition.AcknowledgementOver => "acknowledgement_over",
        Transition.Escalated => "escalated",
        Transition.Reminded => "reminded",
        _ => throw new ArgumentOutOfRangeException(nameof(transition)),
    };
}
