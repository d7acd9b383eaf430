using System.Buffers;

namespace Godot;

/// <summary>Writes events as JSON: host, service, state, time, description, tags, meta, metric, ttl, then the members that we don't know.</summary>
static class EventWriter
{
    public static void Write(Event e, IBufferWriter<byte> output)
    {
        if (e.Source is not { } source) Fields(e, default, output);
        else if (e.Given == Parts.None) Write(source.View, output);
        else Fields(e, source.View, output);
    }

    public static void Write(EventView e, IBufferWriter<byte> output)
    {
        if (e.Row.Changed == Parts.None) output.Write(e.Json);
        else Fields(null, e, output);
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

    // What the event was given comes from it, the rest from its source.
    static void Fields(Event? e, EventView source, IBufferWriter<byte> output)
    {
        Parts given = e?.Given ?? Parts.None;
        Parts kept = source.IsNothing ? Parts.None : source.Row.Present & ~given;
        Members members = new(new JsonOutput(output));

        if ((given & Parts.Host) != 0) members.Text("\"host\":"u8, e!.Host);
        else if ((kept & Parts.Host) != 0) members.Quoted("\"host\":"u8, source.Text(Parts.Host));

        if ((given & Parts.Service) != 0) members.Text("\"service\":"u8, e!.Service);
        else if ((kept & Parts.Service) != 0) members.Quoted("\"service\":"u8, source.Text(Parts.Service));

        if ((given & Parts.State) != 0) members.Text("\"state\":"u8, e!.State);
        else if ((kept & Parts.State) != 0) members.Quoted("\"state\":"u8, source.Text(Parts.State));

        if ((given & Parts.Time) != 0) members.Time(e!.Time is { } time ? EventRules.ToTicks(time) : null);
        else if ((kept & Parts.Time) != 0) members.Time(source.Row.Time);

        if ((given & Parts.Description) != 0) members.Text("\"description\":"u8, e!.Description);
        else if ((kept & Parts.Description) != 0) members.Quoted("\"description\":"u8, source.Text(Parts.Description));

        if ((given & Parts.Tags) != 0) members.Tags(e!.Tags);
        else if ((kept & Parts.Tags) != 0) members.Raw("\"tags\":"u8, source.Text(Parts.Tags));

        if ((given & Parts.Meta) != 0) members.Meta(e!.Meta);
        else if ((kept & Parts.Meta) != 0) members.Raw("\"meta\":"u8, source.Text(Parts.Meta));

        if ((given & Parts.Metric) != 0) members.Metric(e!.Metric);
        else if ((kept & Parts.Metric) != 0) members.Metric(source.Row.Metric);

        if ((given & Parts.Ttl) != 0) members.Ttl(e!.Ttl?.Ticks);
        else if ((kept & Parts.Ttl) != 0) members.Ttl(source.Row.Ttl);

        if ((kept & Parts.Other) != 0) members.Others(source.Json);
        members.Close();
    }

    static void Tags(ref JsonOutput json, IReadOnlyList<string> tags)
    {
        for (int i = 0; i < tags.Count; i++)
        {
            json.Byte(i == 0 ? (byte)'[' : (byte)',');
            json.Text(tags[i]);
        }
        json.Byte((byte)']');
    }

    static void Meta(ref JsonOutput json, IReadOnlyDictionary<string, MetaValue> meta)
    {
        byte before = (byte)'{';
        foreach ((string name, MetaValue value) in meta)
        {
            if (value.Kind == MetaKind.Missing) continue;
            json.Byte(before);
            json.Text(name);
            json.Byte((byte)':');
            if (value.Kind == MetaKind.Text) json.Text(value.Text);
            else json.Utf8(value.ToString());
            before = (byte)',';
        }
        if (before == (byte)'{') json.Byte(before);
        json.Byte((byte)'}');
    }

    /// <summary>An object's members, with what stands between them. A value of null is left out.</summary>
    ref struct Members(JsonOutput json)
    {
        JsonOutput json = json;
        byte before = (byte)'{';

        public void Text(ReadOnlySpan<byte> name, string? value)
        {
            if (value is null) return;
            Begin(name);
            json.Text(value);
        }

        public void Quoted(ReadOnlySpan<byte> name, ReadOnlySpan<byte> inside)
        {
            Begin(name);
            json.Byte((byte)'"');
            json.Raw(inside);
            json.Byte((byte)'"');
        }

        public void Raw(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            Begin(name);
            json.Raw(value);
        }

        public void Time(long? ticks)
        {
            if (ticks is not { } value) return;
            Begin("\"time\":"u8);
            if (value <= EventRules.LastSecond * TimeSpan.TicksPerSecond)
            {
                json.Seconds(value);
                return;
            }
            // So late that its seconds would read as milliseconds: nanoseconds say it.
            json.Integer(value);
            json.Raw("00"u8);
        }

        public void Tags(IReadOnlyList<string> tags)
        {
            if (tags.Count == 0) return;
            Begin("\"tags\":"u8);
            EventWriter.Tags(ref json, tags);
        }

        public void Meta(IReadOnlyDictionary<string, MetaValue> meta)
        {
            if (meta.Count == 0) return;
            Begin("\"meta\":"u8);
            EventWriter.Meta(ref json, meta);
        }

        public void Metric(double? metric)
        {
            if (metric is not { } value) return;
            Begin("\"metric\":"u8);
            json.Number(value);
        }

        public void Ttl(long? ticks)
        {
            if (ticks is not { } value) return;
            Begin("\"ttl\":"u8);
            json.Seconds(value);
        }

        public void Others(ReadOnlySpan<byte> source)
        {
            for (JsonWalk walk = new(source); walk.NextMember();)
            {
                if (MemberNames.Find(walk.Name, walk.NameEscaped) != Parts.Other) continue;
                Quoted([], walk.Name);
                json.Byte((byte)':');
                json.Raw(walk.Value);
            }
        }

        public void Close()
        {
            if (before == (byte)'{') json.Byte(before);
            json.Byte((byte)'}');
            json.Done();
        }

        void Begin(ReadOnlySpan<byte> name)
        {
            json.Byte(before);
            json.Raw(name);
            before = (byte)',';
        }
    }
}
