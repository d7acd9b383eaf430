using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Godot;

/// <summary>
/// Steps over JSON text (RFC 8259, strictly), which must be UTF-8. It never throws and never recurses: a method that returns false has met
/// text that is no JSON, or is nested too deep; <see cref="Error"/> says which.
/// </summary>
ref struct JsonScanner(ReadOnlySpan<byte> text, int depth = JsonScanner.Deepest)
{
    /// <summary>The deepest nesting that can be asked for.</summary>
    public const int Deepest = 256;

    readonly ReadOnlySpan<byte> text = text;
    readonly int depth = depth;

    // For each open container, whether it is an object.
    Bits objects;

    /// <summary>The next byte.</summary>
    public int At;

    /// <summary>Where slices count from: the first byte of the event that is being read.</summary>
    public int Origin;

    /// <summary>Why the last method returned false.</summary>
    public RejectReason Error { get; private set; }

    /// <summary>The next byte, or 0 at the end.</summary>
    public readonly byte Next => (uint)At < (uint)text.Length ? text[At] : (byte)0;

    public readonly bool Ended => At >= text.Length;

    public readonly ReadOnlySpan<byte> this[Slice slice] => text.Slice(Origin + slice.Start, slice.Length);

    /// <summary>What stands between a place and here.</summary>
    public readonly Slice Since(int start) => new(start - Origin, At - start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipSpace()
    {
        while (Next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') At++;
    }

    /// <summary>Steps over white space and, if it comes next, this byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(byte expected)
    {
        SkipSpace();
        if (Next != expected) return false;
        At++;
        return true;
    }

    /// <summary>Steps over a member's name and colon, up to its value.</summary>
    public bool Name(out Slice name, out bool escaped)
    {
        SkipSpace();
        if (!String(out name, out escaped) || !Take((byte)':')) return false;
        SkipSpace();
        return true;
    }

    /// <summary>Steps over a string; the slice is what stands between its quotes.</summary>
    public bool String(out Slice inside, out bool escaped)
    {
        inside = default;
        escaped = false;
        if (Next != (byte)'"') return false;
        int start = ++At;
        while (true)
        {
            At += PlainLength(text[At..]);
            switch (Next)
            {
                case (byte)'"':
                    inside = Since(start);
                    At++;
                    return true;
                case (byte)'\\':
                    escaped = true;
                    if (!Escape()) return false;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Steps over a number.</summary>
    public bool Number(out JsonNumber number)
    {
        int length = JsonNumber.Scan(text[At..], out number);
        At += length;
        return length > 0;
    }

    /// <summary>Steps over true, false or null.</summary>
    public bool Literal(ReadOnlySpan<byte> word)
    {
        if (!text[At..].StartsWith(word)) return false;
        At += word.Length;
        return true;
    }

    /// <summary>Steps over a value of any kind, inside of <paramref name="around"/> open containers.</summary>
    public bool Value(int around)
    {
        int open = around;
        while (true)
        {
            switch (Next)
            {
                case (byte)'"':
                    if (!String(out _, out _)) return false;
                    break;
                case (byte)'{' or (byte)'[':
                    if (open >= depth)
                    {
                        Error = RejectReason.TooDeep;
                        return false;
                    }
                    bool isObject = Next == (byte)'{';
                    At++;
                    if (Take(isObject ? (byte)'}' : (byte)']')) break;
                    Enter(open++, isObject);
                    if (isObject && !Name(out _, out _)) return false;
                    continue;
                case (byte)'t':
                    if (!Literal("true"u8)) return false;
                    break;
                case (byte)'f':
                    if (!Literal("false"u8)) return false;
                    break;
                case (byte)'n':
                    if (!Literal("null"u8)) return false;
                    break;
                default:
                    if (!Number(out _)) return false;
                    break;
            }

            // A value is complete, and perhaps with it what it stands in.
            while (true)
            {
                if (open == around) return true;
                if (Take((byte)','))
                {
                    if (IsObject(open - 1) && !Name(out _, out _)) return false;
                    SkipSpace();
                    break;
                }
                if (!Take(IsObject(open - 1) ? (byte)'}' : (byte)']')) return false;
                open--;
            }
        }
    }

    void Enter(int level, bool isObject)
    {
        ref ulong bits = ref objects[level >> 6];
        bits = isObject ? bits | 1UL << level : bits & ~(1UL << level);
    }

    readonly bool IsObject(int level) => (objects[level >> 6] >> level & 1) != 0;

    bool Escape()
    {
        At++;
        byte letter = Next;
        At++;
        if (letter != (byte)'u')
            return letter is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
        for (int end = At + 4; At < end; At++)
        {
            if (!char.IsAsciiHexDigit((char)Next)) return false;
        }
        return true;
    }

    /// <summary>How many bytes come before the first quote, backslash or control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int PlainLength(ReadOnlySpan<byte> text)
    {
        int at = 0;
        for (; at + Vector128<byte>.Count <= text.Length; at += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.Create(text[at..]);
            Vector128<byte> special = Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            if (special != Vector128<byte>.Zero) return at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
        }
        while (at < text.Length && text[at] >= ' ' && text[at] is not ((byte)'"' or (byte)'\\')) at++;
        return at;
    }

    [InlineArray(Deepest / 64)]
    struct Bits
    {
        ulong first;
    }
}
