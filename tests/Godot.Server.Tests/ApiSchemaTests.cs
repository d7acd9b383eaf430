using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Godot;

/// <summary>The schemas that docs/api.md names are those of what is read and written.</summary>
public class ApiSchemaTests
{
    static readonly (string Name, JsonTypeInfo Type)[] Answers =
    [
        ("incidents", ApiJson.OfServers.ApiIncidents), ("incident", ApiJson.OfServers.ApiIncident), ("story", ApiJson.OfServers.ApiStory),
        ("done", ApiJson.OfServers.ApiDone), ("silences", ApiJson.OfServers.ApiSilences), ("hushed", ApiJson.OfServers.ApiHushed),
        ("ledger", ApiJson.OfServers.ApiLedger), ("why", ApiJson.OfServers.ApiWhy), ("channels", ApiJson.OfServers.ApiChannels),
        ("problem", ApiJson.OfServers.ApiProblem), ("tested", ApiJson.OfServers.ApiTested),
        ("outbox", ApiJson.OfServers.ApiOutbox),
    ];

    // Of these no member that is not known is taken.
    static readonly (string Name, JsonTypeInfo Type)[] Commands =
    [
        ("acknowledge", ApiJson.Ours.ApiAcknowledge), ("resolve", ApiJson.Ours.ApiResolve), ("silence", ApiJson.Ours.ApiSilenceCommand),
        ("test", ApiJson.Ours.ApiTest), ("retry", ApiJson.Ours.ApiRetry),
    ];

    static readonly (string Name, JsonTypeInfo Type)[] Parts =
    [
        ("active_silence", ApiJson.OfServers.ApiSilence), ("line", ApiJson.OfServers.ApiLedgerLine),
        ("moment", ApiJson.OfServers.ApiMoment),
        ("message", ApiJson.OfServers.ApiMessage),
        ("acknowledgement", ApiJson.OfServers.ApiAcknowledgement), ("channel", ApiJson.OfServers.ApiChannel),
        ("reached", ApiJson.OfServers.ApiReached), ("stopped", ApiJson.OfServers.ApiStopped), ("step", ApiJson.OfServers.ApiStep),
    ];

    static readonly Dictionary<Type, string> Names =
        Answers.Concat(Commands).Concat(Parts).ToDictionary(one => one.Type.Type, one => one.Name);

    [Fact]
    public async Task The_file_of_schemas_is_of_what_is_read_and_written()
    {
        string path = Repository.PathOf("docs", "api.schema.json");
        JsonObject definitions = [];
        foreach ((string name, JsonTypeInfo type) in Answers.Concat(Parts).Concat(Commands))
            definitions[name] = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
            {
                TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Spell,
            });
        JsonObject file = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "What /api/v1/ of a Godot server reads and writes; docs/api.md says when",
            ["$defs"] = definitions,
        };
        JsonSerializerOptions readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        string made = file.ToJsonString(readable) + "\n";
        if (Environment.GetEnvironmentVariable("GODOT_APPROVE") == "1")
            await File.WriteAllTextAsync(path, made, TestContext.Current.CancellationToken);

        Assert.Equal(made, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        string page = await File.ReadAllTextAsync(Repository.PathOf("docs", "api.md"), TestContext.Current.CancellationToken);
        foreach ((string name, _) in Answers.Concat(Commands)) Assert.Contains($"`{name}`", page, StringComparison.Ordinal);
    }

    // What is written by hand is not known to be a time, or an event.
    static JsonNode Spell(JsonSchemaExporterContext context, JsonNode schema)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (context.Path.Length > 0 && Names.TryGetValue(type, out string? name)) return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
        if (type == typeof(DateTimeOffset)) return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(Event)) return new JsonObject { ["type"] = "object", ["description"] = "an event, as docs/wire.md has it" };
        return schema;
    }
}
