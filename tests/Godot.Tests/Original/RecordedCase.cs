using System.Text.Json;
using System.Text.Json.Nodes;
using Godot.Events;

namespace Godot.Tests.Original;

/// <summary>A pipeline of the original, what it was handed, and what it was seen to do. The format is told in golden/README.md.</summary>
sealed class RecordedCase
{
    readonly JsonElement json;

    RecordedCase(string reactor, JsonElement json) => (Reactor, this.json) = (reactor, json);

    public static IReadOnlyList<RecordedCase> All { get; } =
    [
        .. from file in Directory.GetFiles(Repository.PathOf("tests", "Godot.Tests", "Original", "golden"), "*.json")
        .Order(StringComparer.Ordinal)
           from json in JsonElement.Parse(File.ReadAllBytes(file)).GetProperty("cases").EnumerateArray()
           select new RecordedCase(Path.GetFileNameWithoutExtension(file), json),
    ];

    public string Reactor { get; }

    public string Name => json.GetProperty("name").GetString()!;

    public override string ToString() => $"{Reactor}: {Name}";

    public IReadOnlyList<Op> Pipeline => Op.List(json.GetProperty("pipeline"));

    public TimeSpan End => Milliseconds(json.GetProperty("end"));

    /// <summary>The events as they would be sent: in the original anything was an event.</summary>
    public IEnumerable<(TimeSpan At, string Line)> Input =>
        json.GetProperty("input").EnumerateArray().Select(input => (At(input), input.GetProperty("event").GetRawText()));

    /// <summary>
    /// There is more than one (host, service): what the original mixed, ours follows one by one unless it is told to mix.
    /// </summary>
    public bool HasSeveralSeries =>
        json.GetProperty("input").EnumerateArray().Select(input => input.GetProperty("event"))
        .Select(e => (Text(e, "host"), Text(e, "service"))).Distinct().Count() > 1;

    public bool Throws => json.TryGetProperty("throws", out _);

    /// <summary>What was emitted. A bare number or nothing at all, which the original could emit, is shown as it was recorded.</summary>
    public IEnumerable<string> Output => json.GetProperty("output").EnumerateArray().Select(Show);

    public IEnumerable<string> Probes =>
        json.TryGetProperty("probes", out JsonElement probes)
        ? probes.EnumerateArray().Select(probe => $"{Text(probe, "label")} {Show(probe)}") : [];

    static string Show(JsonElement emission)
    {
        JsonElement what = emission.GetProperty("event");
        return Outcome.Show(At(emission), what.ValueKind == JsonValueKind.Array
            ? Outcome.List(what.EnumerateArray().Select(ShowEvent))
            : ShowEvent(what));
    }

    static string ShowEvent(JsonElement e) =>
        e.ValueKind == JsonValueKind.Object && Parse(WithoutPrivate(e)) is { } parsed ? Outcome.Show(parsed) : e.GetRawText();

    // Null if it holds what no event of ours can: a text as metric, NaN, undefined.
    static Event? Parse(string line)
    {
        Wire.Lines read = Wire.Lines.Read(line, WireLimits.Default with { Strict = true });
        return read.Events is [var e] ? e : null;
    }

    // The original's windows wrote a note of their own into the events that they were handed.
    static string WithoutPrivate(JsonElement e)
    {
        JsonObject members = JsonObject.Create(e)!;
        members.Remove("_time");
        return members.ToJsonString();
    }

    static TimeSpan At(JsonElement entry) => Milliseconds(entry.GetProperty("at"));

    static TimeSpan Milliseconds(JsonElement number) => TimeSpan.FromMilliseconds(number.GetDouble());

    static string? Text(JsonElement json, string member) => json.TryGetProperty(member, out JsonElement text) ? text.GetString() : null;
}
