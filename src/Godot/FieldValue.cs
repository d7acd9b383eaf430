namespace Godot;

/// <summary>What one field of an event holds, taken out to be compared or kept: a text, a number, or neither if the event does not say.</summary>
readonly record struct FieldValue(string? Text, double? Number = null)
{
    public void Save(StateWriter writer)
    {
        writer.Write(Text);
        writer.Write(Number.HasValue);
        if (Number is { } number) writer.Write(number);
    }

    public static FieldValue Load(StateReader reader) => new(reader.ReadString(), reader.ReadBoolean() ? reader.ReadDouble() : null);

    public static FieldValue Of(EventView e, Field field) => field.Part switch
    {
        Parts.Host => new(e.Host),
        Parts.Service => new(e.Service),
        Parts.State => new(e.State),
        Parts.Description => new(e.Description),
        // Two lists are the same if their JSON is.
        Parts.Tags => new(e.Row.Has(Parts.Tags) ? System.Text.Encoding.UTF8.GetString(EventWriter.TagsText(e.Tags)) : null),
        Parts.Metric => new(null, e.Metric),
        Parts.Time => new(null, (double)e.Row.Time / TimeSpan.TicksPerSecond),
        Parts.Ttl => new(null, e.Ttl?.TotalSeconds),
        Parts.Meta => Of(e.Meta.GetValueOrDefault(field.Name)),
        _ => Of(e.Member(field.Name)),
    };

    static FieldValue Of(MetaValue value) => value.Kind switch
    {
        MetaKind.Missing or MetaKind.Null => default,
        MetaKind.Number => new(null, value.Number),
        _ => new(value.ToString()),
    };
}
