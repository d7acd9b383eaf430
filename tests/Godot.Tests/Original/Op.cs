using System.Text.Json;

namespace Godot.Tests.Original;

/// <summary>One call of a recorded pipeline, with the original's method name and its arguments.</summary>
sealed class Op(JsonElement json)
{
    readonly JsonElement[] arguments = [.. json.GetProperty("args").EnumerateArray()];

    public static IReadOnlyList<Op> List(JsonElement pipeline) => [.. pipeline.EnumerateArray().Select(op => new Op(op))];

    public string Name { get; } = json.GetProperty("op").GetString()!;

    public int Count => arguments.Length;

    public JsonElement this[Index at] => arguments[at];

    public string Text(int at) => this[at].GetString()!;

    public double Number(int at) => this[at].GetDouble();

    public TimeSpan Time(int at) => Time(this[at]);

    public static TimeSpan Time(JsonElement milliseconds) => TimeSpan.FromMilliseconds(milliseconds.GetDouble());

    /// <summary>All arguments from one on, with those of lists side by side.</summary>
    public string[] Texts(int from = 0) => [.. arguments.Skip(from).SelectMany(Texts)];

    public static IEnumerable<string> Texts(JsonElement each) =>
        each.ValueKind == JsonValueKind.Array ? each.EnumerateArray().Select(text => text.GetString()!) : [each.GetString()!];

    /// <summary>An option of the last argument, which the original took as an object; null if it is not there.</summary>
    public JsonElement? Option(string name) => Count > 0 ? Option(this[^1], name) : null;

    public static JsonElement? Option(JsonElement options, string name) =>
        options.ValueKind == JsonValueKind.Object && options.TryGetProperty(name, out JsonElement option) ? option : null;

    public bool Says(string option) => Option(option)?.GetBoolean() == true;

    /// <summary>A recipe among the arguments.</summary>
    public IReadOnlyList<Op> Inner(int at) => List(Option(this[at], "$reactor")!.Value);

    /// <summary>The name of a function among the arguments; null if it is none.</summary>
    public string? Function(int at) => Function(this[at]);

    public static string? Function(JsonElement argument) => Option(argument, "$fn")?.GetString();
}
