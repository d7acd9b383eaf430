using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Godot;

/// <summary>The names of the nine fields in JSON.</summary>
static class MemberNames
{
    // "description", each letter as \u0064.
    const int LongestEscaped = 11 * 6;

    // Takes the first four bytes after the quote to the member's number, as the highest four bits. Found by trying; a test holds it.
    const ulong Multiplier = 0x34e4de4c052b4913;

    // In the order of Member, sixteen bytes each; zeros stand for any byte.
    static ReadOnlySpan<byte> Names =>
        "\"host\":\0\0\0\0\0\0\0\0\0"u8 + "\"service\":\0\0\0\0\0\0"u8 + "\"state\":\0\0\0\0\0\0\0\0"u8 +
        "\"description\":\0\0"u8 + "\"tags\":\0\0\0\0\0\0\0\0\0"u8 + "\"meta\":\0\0\0\0\0\0\0\0\0"u8 +
        "\"metric\":\0\0\0\0\0\0\0"u8 + "\"time\":\0\0\0\0\0\0\0\0\0"u8 + "\"ttl\":\0\0\0\0\0\0\0\0\0\0"u8;

    /// <summary>
    /// The field whose name, quotes, colon and all, begins here as programs write it, in one comparison; <see cref="Member.Other"/> if there is none,
    /// or it is written in another way. Looks at sixteen bytes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Member Straight(ref byte text)
    {
        uint letters = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, 1));
        uint number = (uint)(letters * Multiplier >> 60);
        if (number > (uint)Member.Ttl) return Member.Other;
        Vector128<byte> name = Vector128.LoadUnsafe(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(Names), number * 16);
        Vector128<byte> same = Vector128.Equals(Vector128.LoadUnsafe(ref text), name) | Vector128.Equals(name, default);
        return same == Vector128<byte>.AllBitsSet ? (Member)number : Member.Other;
    }

    /// <summary>The field of this name; <see cref="Parts.Other"/> if it is none of the nine.</summary>
    public static Parts Find(ReadOnlySpan<byte> name, bool escaped)
    {
        if (!escaped) return Find(name);
        if (name.Length > LongestEscaped) return Parts.Other;
        Span<byte> plain = stackalloc byte[LongestEscaped];
        return Find(plain[..JsonText.Unescape(name, plain)]);
    }

    public static Parts Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("ttl"u8) => Parts.Ttl,
        4 when name.SequenceEqual("host"u8) => Parts.Host,
        4 when name.SequenceEqual("time"u8) => Parts.Time,
        4 when name.SequenceEqual("tags"u8) => Parts.Tags,
        4 when name.SequenceEqual("meta"u8) => Parts.Meta,
        5 when name.SequenceEqual("state"u8) => Parts.State,
        6 when name.SequenceEqual("metric"u8) => Parts.Metric,
        7 when name.SequenceEqual("service"u8) => Parts.Service,
        11 when name.SequenceEqual("description"u8) => Parts.Description,
        _ => Parts.Other,
    };
}

enum Member
{
    Host, Service, State, Description, Tags, Meta, Metric, Time, Ttl, Other,
}
