using System.Text;

namespace Godot.Events;

/// <summary>
/// Strings for texts that come again and again: hosts, services, states, tags. A small direct-mapped cache per thread, so that looking
/// at <c>e.State</c> allocates nothing in the steady state and a flood of new names costs no memory.
/// </summary>
static class TextCache
{
    const int Slots = 4096;
    const int LongestCached = 96;

    [ThreadStatic]
    static Entry[]? entries;

    struct Entry
    {
        public ulong Hash;
        public byte[] Bytes;
        public string Text;
    }

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return "";
        if (utf8.Length > LongestCached) return Encoding.UTF8.GetString(utf8);
        ulong hash = Hashing.Of(utf8);
        ref Entry entry = ref (entries ??= new Entry[Slots])[hash % Slots];
        if (entry.Text is null || entry.Hash != hash || !utf8.SequenceEqual(entry.Bytes))
            entry = new Entry { Hash = hash, Bytes = utf8.ToArray(), Text = Encoding.UTF8.GetString(utf8) };
        return entry.Text;
    }
}
