using System.Text;

namespace Godot.Events;

/// <summary>Host and service as they identify a series: unescaped, and told apart from none.</summary>
static class SeriesKey
{
    // What no UTF-8 text begins with stands for "none".
    static ReadOnlySpan<byte> None => [0xff];

    /// <summary>The seeded hash of an event's host and service; never 0.</summary>
    public static ulong Hash(EventView e) => (e.Row.Escaped & FieldSet.Series) == 0
        ? Hash(Plain(e, FieldSet.Host), Plain(e, FieldSet.Service))
        : Hash(Canonical(e, FieldSet.Host), Canonical(e, FieldSet.Service));

    /// <summary>The same, of the texts in a key.</summary>
    public static ulong Hash(ReadOnlySpan<byte> host, ReadOnlySpan<byte> service)
    {
        ulong hash = Hashing.Then(Hashing.Of(host), service);
        return hash == 0 ? 1 : hash;
    }

    /// <summary>The text of host or service in the key.</summary>
    public static ReadOnlySpan<byte> Text(EventView e, FieldSet part) => (e.Row.Escaped & part) == 0 ? Plain(e, part) : Canonical(e, part);

    /// <summary>The host or service that stands in a key; null for none.</summary>
    public static string? ToName(ReadOnlySpan<byte> text) => text.SequenceEqual(None) ? null : Encoding.UTF8.GetString(text);

    static ReadOnlySpan<byte> Plain(EventView e, FieldSet part) => e.Row.Has(part) ? e.Text(part) : None;

    // Unescaped into this thread's memory for that: valid until its next event.
    static ReadOnlySpan<byte> Canonical(EventView e, FieldSet part)
    {
        if (!e.Row.Has(part) || (e.Row.Escaped & part) == 0) return Plain(e, part);
        ReadOnlySpan<byte> escaped = e.Text(part);
        ref byte[]? memory = ref part == FieldSet.Host ? ref hostMemory : ref serviceMemory;
        if (memory is null || memory.Length < escaped.Length) memory = new byte[Math.Max(256, escaped.Length)];
        return memory.AsSpan(0, JsonText.Unescape(escaped, memory));
    }

    [ThreadStatic]
    static byte[]? hostMemory, serviceMemory;
}
