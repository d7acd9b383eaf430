namespace Godot.Events;

/// <summary>The names of the nine fields in JSON.</summary>
static class MemberNames
{
    // "description", each letter as \u0064.
    const int LongestEscaped = 11 * 6;

    // As programs write them, without spaces, and with what a value of the right type begins with, where that is one byte.

    public static ReadOnlySpan<byte> Host => "\"host\":\""u8;
    public static ReadOnlySpan<byte> Service => "\"service\":\""u8;
    public static ReadOnlySpan<byte> State => "\"state\":\""u8;
    public static ReadOnlySpan<byte> Description => "\"description\":\""u8;
    public static ReadOnlySpan<byte> Tags => "\"tags\":["u8;
    public static ReadOnlySpan<byte> Meta => "\"meta\":{"u8;
    public static ReadOnlySpan<byte> Metric => "\"metric\":"u8;
    public static ReadOnlySpan<byte> Time => "\"time\":"u8;
    public static ReadOnlySpan<byte> Ttl => "\"ttl\":"u8;

    /// <summary>The field of this name; <see cref="FieldSet.Other"/> if it is none of the nine.</summary>
    public static FieldSet Find(ReadOnlySpan<byte> name, bool escaped)
    {
        if (!escaped) return Find(name);
        if (name.Length > LongestEscaped) return FieldSet.Other;
        Span<byte> plain = stackalloc byte[LongestEscaped];
        return Find(plain[..JsonText.Unescape(name, plain)]);
    }

    public static FieldSet Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("ttl"u8) => FieldSet.Ttl,
        4 when name.SequenceEqual("host"u8) => FieldSet.Host,
        4 when name.SequenceEqual("time"u8) => FieldSet.Time,
        4 when name.SequenceEqual("tags"u8) => FieldSet.Tags,
        4 when name.SequenceEqual("meta"u8) => FieldSet.Meta,
        5 when name.SequenceEqual("state"u8) => FieldSet.State,
        6 when name.SequenceEqual("metric"u8) => FieldSet.Metric,
        7 when name.SequenceEqual("service"u8) => FieldSet.Service,
        11 when name.SequenceEqual("description"u8) => FieldSet.Description,
        _ => FieldSet.Other,
    };
}
