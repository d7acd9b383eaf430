using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Godot.Common;
using Godot.Events;

namespace Godot;

/// <summary>
/// What the API reads and writes as JSON. Names are in snake case, times in ISO 8601, what is null is left out; a member that is not known
/// is refused, so that no misspelt limit is taken for none.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, MaxDepth = 64,
    Converters = [typeof(EventConverter), typeof(UtcConverter)])]
[JsonSerializable(typeof(ApiIncidents))]
[JsonSerializable(typeof(ApiStory))]
[JsonSerializable(typeof(ApiDone))]
[JsonSerializable(typeof(ApiSilences))]
[JsonSerializable(typeof(ApiHushed))]
[JsonSerializable(typeof(ApiLedger))]
[JsonSerializable(typeof(ApiChannels))]
[JsonSerializable(typeof(ApiTest))]
[JsonSerializable(typeof(ApiTested))]
[JsonSerializable(typeof(ApiOutbox))]
[JsonSerializable(typeof(ApiRetry))]
[JsonSerializable(typeof(ApiWhy))]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(ApiAcknowledge))]
[JsonSerializable(typeof(ApiResolve))]
[JsonSerializable(typeof(ApiSilenceCommand))]
sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>As a client reads it: a server that is newer may say more.</summary>
    public static ApiJson OfServers => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    });

    /// <summary>Letters of all languages as they are: what is answered is JSON for programs, and no part of a page.</summary>
    public static ApiJson Ours => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>A moment, in UTC; one that says no zone is one of UTC.</summary>
sealed class UtcConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time : throw new JsonException("A time is written as 2026-01-01T00:00:00Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(UtcText.Exact(value));
}

/// <summary>An event as it came; one that says no time with that of its arrival.</summary>
sealed class EventConverter : JsonConverter<Event>
{
    public override Event? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument json = JsonDocument.ParseValue(ref reader);
        return Event.Parse(json.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, Event value, JsonSerializerOptions options)
    {
        ArrayBufferWriter<byte> json = new();
        EventView e = value;
        EventWriter.Write(e.Row.Has(FieldSet.Time) ? e : e with { Time = e.Time }, json);
        // Its numbers may be longer than any type of ours, its members deeper than ours: it is JSON all the same.
        writer.WriteRawValue(json.WrittenSpan, skipInputValidation: true);
    }
}
