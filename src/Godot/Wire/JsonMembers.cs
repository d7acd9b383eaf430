namespace Godot;

/// <summary>Tags, meta and unknown members, decoded from their JSON text. The text is well-formed: the reader has looked.</summary>
static class JsonMembers
{
    public static IReadOnlyList<string> ReadTags(ReadOnlySpan<byte> json) => throw new NotImplementedException();
    public static bool HasTag(ReadOnlySpan<byte> json, string tag) => throw new NotImplementedException();
    public static IReadOnlyDictionary<string, MetaValue> ReadMeta(ReadOnlySpan<byte> json) => throw new NotImplementedException();

    /// <summary>The value of a top-level member; the last of several with one name.</summary>
    public static MetaValue Find(ReadOnlySpan<byte> json, string name) => throw new NotImplementedException();
}
