using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Godot.Common;

namespace Godot;

/// <summary>A notification as JSON: docs/webhook.schema.json says what is in it.</summary>
static class WebhookJson
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="notification">What is told.</param>
    /// <param name="longest">So many bytes at most, and one incident or event: what goes beyond is counted, and left out.</param>
    public static byte[] Of(Notification notification, int longest)
    {
        ArrayBufferWriter<byte> text = new();
        using Utf8JsonWriter json = new(text, Readable);
        json.WriteStartObject();
        json.WriteString("id", notification.Id);
        json.WriteString("kind", Kind(notification.Kind));
        json.WriteString("reactor", notification.Reactor);
        if (notification.Step.Length > 0) json.WriteString("step", notification.Step);
        if (notification.Notices.Count > 0) Write(json, "notices", notification.Notices, Write, longest);
        else Write(json, "events", notification.Events, Write, longest);
        json.WriteEndObject();
        json.Flush();
        return text.WrittenSpan.ToArray();
    }

    static void Write<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, int longest)
    {
        json.WriteStartArray(name);
        int written = 0;
        for (; written < items.Count && json.BytesCommitted + json.BytesPending < longest; written++) write(json, items[written]);
        json.WriteEndArray();
        if (written < items.Count) json.WriteNumber("left_out", items.Count - written);
    }

    static void Write(Utf8JsonWriter json, Notice notice)
    {
        json.WriteStartObject();
        json.WriteString("transition", Word(notice.Transition));
        json.WriteString("title", notice.Title);
        WriteIfAny(json, "text", notice.Text);
        WriteIfAny(json, "late", notice.HeldBack);
        json.WritePropertyName("incident");
        Write(json, notice.Incident);
        json.WritePropertyName("event");
        Write(json, notice.Incident.Latest);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Incident incident)
    {
        json.WriteStartObject();
        json.WriteString("id", incident.Id);
        json.WriteString("name", incident.Name);
        json.WriteString("reactor", incident.Reactor);
        json.WriteString("step", incident.Step);
        Write(json, "key", incident.Key);
        json.WriteNumber("episode", incident.Episode);
        json.WriteString("severity", incident.Severity);
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
        json.WriteEndObject();
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
