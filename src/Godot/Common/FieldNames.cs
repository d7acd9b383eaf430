namespace Godot.Common;

/// <summary>The names of the fields that a text can name. The analyzers compile this file too, for netstandard2.0.</summary>
static class FieldNames
{
    public static readonly string[] All = ["host", "service", "state", "time", "description", "tags", "metric", "ttl"];

    /// <summary>Why a text names no field; null if it does.</summary>
    public static string? Refusal(string name) =>
        All.Contains(name) ? null
        : name == "meta" ? "An event's meta has many values; name one with Field.Meta(\"key\")."
        : $"\"{name}\" is not a field of an event: host, service, state, time, description, tags, metric and ttl are. "
            + $"Write Field.Meta(\"{name}\") for a key of meta, Field.Member(\"{name}\") for a member of the event's JSON.";

    /// <summary>Why a field of this name never equals a number; null if it may.</summary>
    public static string? NumberRefusal(string name) =>
        name is "metric" or "time" or "ttl"
            ? null
            : $"\"{name}\" is a text and never equals a number; compare it with a text, such as \"5\", or look at \"metric\".";

    /// <summary>Why a field of this name is never true or false.</summary>
    public static string TruthRefusal(string name) =>
        $"\"{name}\" is never true or false; those are values of meta, or of members that we don't know: "
            + "Field.Meta(\"up\"), Field.Member(\"up\").";

    /// <summary>Why this is not the name of a further member; null if it is.</summary>
    public static string? MemberRefusal(string name) =>
        All.Contains(name) || name == "meta"
            ? $"\"{name}\" is a field of every event; write \"{name}\" instead of Field.Member(\"{name}\")."
            : null;
}
