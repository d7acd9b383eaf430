using System.Buffers;

namespace Godot.Events;

/// <summary>
/// Writes events as JSON: host, service, state, time, description, tags, meta, metric, ttl, then the members that we don't know.
/// </summary>
static class EventWriter
{
    public static void Write(Event e, IBufferWriter<byte> output)
    {
        if (e.Source is not { } source) new MemberWriter(e, default, output).All();
        else if (e.Given == FieldSet.None) Write(source.View, output);
        else new MemberWriter(e, source.View, output).All();
    }

    public static void Write(EventView e, IBufferWriter<byte> output)
    {
        if (e.Row.Changed == FieldSet.None) output.Write(e.Json);
        else new MemberWriter(null, e, output).All();
    }

    /// <summary>
    /// Makes one line of an event's JSON, for those who read lines: a newline between its members may as well be a space, and so may a
    /// carriage return, which ends a line for many readers, and in server-sent events.
    /// </summary>
    public static void OneLine(Span<byte> json)
    {
        json.Replace((byte)'\n', (byte)' ');
        json.Replace((byte)'\r', (byte)' ');
    }

    /// <summary>The JSON text of tags; empty if there are none.</summary>
    public static byte[] TagsText(IReadOnlyList<string>? tags)
    {
        if (tags is null or []) return [];
        ArrayBufferWriter<byte> output = new();
        JsonOutput json = new(output);
        Tags(ref json, tags);
        json.Done();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The JSON text of meta; empty if there is none.</summary>
    public static byte[] MetaText(IReadOnlyDictionary<string, MetaValue>? meta)
    {
        if (meta is null || meta.Count == 0) return [];
        ArrayBufferWriter<byte> output = new();
        JsonOutput json = new(output);
        Meta(ref json, meta);
        json.Done();
        return output.WrittenSpan.ToArray();
    }

    internal static void Tags(ref JsonOutput json, IReadOnlyList<string> tags)
    {
        json.Byte((byte)'[');
        for (int i = 0; i < tags.Count; i++)
        {
            if (i > 0) json.Byte((byte)',');
            json.Text(tags[i]);
        }
        json.Byte((byte)']');
    }

    internal static void Meta(ref JsonOutput json, IReadOnlyDictionary<string, MetaValue> meta)
    {
        bool first = true;
        json.Byte((byte)'{');
        foreach ((string name, MetaValue value) in meta)
        {
            if (value.Kind == MetaKind.Missing) continue;
            if (!first) json.Byte((byte)',');
            first = false;
            json.Text(name);
            json.Byte((byte)':');
            if (value.Kind == MetaKind.Text) json.Text(value.Text);
            else json.Utf8(value.ToString());
        }
        json.Byte((byte)'}');
    }
}
