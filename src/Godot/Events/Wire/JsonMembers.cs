using System.Buffers;
using System.Text;

namespace Godot.Events;

/// <summary>Tags, meta and unknown members, decoded from their JSON text. The text is well-formed: the reader has looked.</summary>
static class JsonMembers
{
    const int LongestOnStack = 256;

    public static IReadOnlyList<string> ReadTags(ReadOnlySpan<byte> json)
    {
        List<string> tags = [];
        for (JsonWalk walk = new(json); walk.NextElement();) tags.Add(Tag(walk.Value[1..^1]));
        return tags;
    }

    public static bool HasTag(ReadOnlySpan<byte> json, string tag)
    {
        int longest = Math.Max(Encoding.UTF8.GetMaxByteCount(tag.Length), json.Length);
        byte[]? rented = longest > LongestOnStack ? ArrayPool<byte>.Shared.Rent(2 * longest) : null;
        Span<byte> space = rented ?? stackalloc byte[2 * LongestOnStack];
        ReadOnlySpan<byte> wanted = space[..Encoding.UTF8.GetBytes(tag, space)];
        bool found = HasTag(json, wanted, space[wanted.Length..]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return found;
    }

    public static IReadOnlyDictionary<string, MetaValue> ReadMeta(ReadOnlySpan<byte> json)
    {
        MetaValues meta = [];
        for (JsonWalk walk = new(json); walk.NextMember();) meta[Name(in walk)] = Value(walk.Value);
        return meta;
    }

    /// <summary>The members that are none of the nine fields.</summary>
    public static IReadOnlyDictionary<string, MetaValue> ReadOthers(ReadOnlySpan<byte> json)
    {
        Dictionary<string, MetaValue> others = [];
        for (JsonWalk walk = new(json); walk.NextMember();)
        {
            if (MemberNames.Find(walk.Name, walk.NameEscaped) == FieldSet.Other) others[Name(in walk)] = Value(walk.Value);
        }
        return others;
    }

    /// <summary>One value of meta; the last of several with one name.</summary>
    public static MetaValue FindIn(ReadOnlySpan<byte> meta, string name)
    {
        MetaValue found = default;
        for (JsonWalk walk = new(meta); walk.NextMember();)
        {
            if (Name(in walk) == name) found = Value(walk.Value);
        }
        return found;
    }

    /// <summary>The value of a top-level member that is none of the nine fields; the last of several with one name.</summary>
    public static MetaValue Find(ReadOnlySpan<byte> json, string name)
    {
        MetaValue found = default;
        for (JsonWalk walk = new(json); walk.NextMember();)
        {
            if (MemberNames.Find(walk.Name, walk.NameEscaped) == FieldSet.Other && Name(in walk) == name) found = Value(walk.Value);
        }
        return found;
    }

    static bool HasTag(ReadOnlySpan<byte> json, ReadOnlySpan<byte> wanted, Span<byte> space)
    {
        for (JsonWalk walk = new(json); walk.NextElement();)
        {
            ReadOnlySpan<byte> tag = walk.Value[1..^1];
            if (tag.Contains((byte)'\\')) tag = space[..JsonText.Unescape(tag, space)];
            if (tag.SequenceEqual(wanted)) return true;
        }
        return false;
    }

    static MetaValue Value(ReadOnlySpan<byte> json) => json[0] switch
    {
        (byte)'"' => new MetaValue(MetaKind.Text, Text(json[1..^1])),
        (byte)'{' or (byte)'[' => new MetaValue(MetaKind.Json, Encoding.UTF8.GetString(json)),
        (byte)'t' or (byte)'f' => json[0] == (byte)'t',
        (byte)'n' => new MetaValue(MetaKind.Null, "null"),
        _ => new MetaValue(MetaKind.Number, Encoding.UTF8.GetString(json)),
    };

    static string Name(in JsonWalk walk) => walk.NameEscaped ? JsonText.UnescapeToString(walk.Name) : TextCache.Get(walk.Name);

    static string Text(ReadOnlySpan<byte> inside) =>
        inside.Contains((byte)'\\') ? JsonText.UnescapeToString(inside) : Encoding.UTF8.GetString(inside);

    // Tags come again and again, values of meta need not.
    static string Tag(ReadOnlySpan<byte> inside) =>
        inside.Contains((byte)'\\') ? JsonText.UnescapeToString(inside) : TextCache.Get(inside);
}
