using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Godot.Bench;

/// <summary>
/// What a program would write without us: a class, and System.Text.Json's source generator. Also what the naive engine reads with.
/// </summary>
sealed class PlainEvent
{
    public string? Host { get; set; }
    public string? Service { get; set; }
    public string? State { get; set; }
    public double? Time { get; set; }
    public string? Description { get; set; }
    public string[]? Tags { get; set; }
    public Dictionary<string, JsonElement>? Meta { get; set; }
    public double? Metric { get; set; }
    public double? Ttl { get; set; }

    public static PlainEvent Read(ReadOnlySpan<byte> line) => JsonSerializer.Deserialize(line, PlainEvents.Default.PlainEvent)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlainEvent))]
sealed partial class PlainEvents : JsonSerializerContext;

static class SystemTextJson
{
    /// <summary><c>systemtextjson CORPUS SECONDS</c>: parses every line, and does nothing with it.</summary>
    public static int Run(string[] args)
    {
        byte[] corpus = File.ReadAllBytes(args[0]);
        long events = 0, hosts = 0;
        Steady steady = new(corpus, Parse, () => events, () => hosts);
        Console.WriteLine(steady.Measure(double.Parse(args[1], CultureInfo.InvariantCulture)));
        return 0;

        void Parse(ReadOnlySpan<byte> lines)
        {
            foreach (ReadOnlySpan<byte> line in new Lines(lines))
            {
                events++;
                if (PlainEvent.Read(line).Host is not null) hosts++;
            }
        }
    }
}
