using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Godot;

/// <summary>
/// Steps over JSON text (RFC 8259, strictly) in UTF-8 (strictly, too). A method is given where something begins and says where it ends, or
/// <see cref="Fault"/>, or <see cref="TooDeep"/>. It never throws, never recurses, and keeps no position of its own: positions stay in registers.
/// </summary>
/// <remarks>
/// It looks ahead without asking where the text ends. So a control character must stand at <paramref name="end"/>, which no value goes
/// past, and <see cref="Padding"/> bytes must follow it.
/// </remarks>
/// <param name="text">What positions count from.</param>
/// <param name="end">Where the text ends.</param>
/// <param name="depth">How deep objects and arrays may nest, at most <see cref="Deepest"/>.</param>
readonly ref struct JsonScanner(ref byte text, ref byte marks, int end, int depth)
{
    /// <summary>The deepest nesting that can be asked for.</summary>
    public const int Deepest = 256;

    /// <summary>How many bytes must follow the text's end, the control character counted.</summary>
    public const int Padding = 64;

    /// <summary>Instead of a position: this is no JSON, or no UTF-8.</summary>
    public const int Fault = -1;

    /// <summary>Instead of a position: objects and arrays are nested too deep.</summary>
    public const int TooDeep = -2;

    static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (byte)c), (byte)'"', (byte)'\\']);

    readonly ref byte text = ref text;
    readonly ref byte marks = ref marks;
    readonly int end = end, depth = depth;

    public byte this[int at] => Unsafe.Add(ref text, (uint)at);

    public ref byte At(int at) => ref Unsafe.Add(ref text, (uint)at);

    public ReadOnlySpan<byte> Between(int from, int to) => MemoryMarshal.CreateReadOnlySpan(ref At(from), to - from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(int at, ReadOnlySpan<byte> text) => Between(at, at + text.Length).SequenceEqual(text);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next(int at, out int next)
    {
        next = at;
        if (at < 0) return false;
        next = at = Space(at);
        if (this[at] != (byte)',') return false;
        next = Space(at + 1);
        return true;
    }

    /// <summary>Where white space ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Space(int at) => this[at] > ' ' ? at : MoreSpace(at);

    /// <summary>Where white space and, if it comes next, this byte end; otherwise a fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(byte expected, int at)
    {
        at = Space(at);
        return this[at] == expected ? at + 1 : Fault;
    }

    /// <summary>Where the inside of a string ends: at its closing quote.</summary>
    /// <param name="at">After the opening quote.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Inside(int at, out bool escaped)
    {
        escaped = false;
        ulong ahead = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref marks, (uint)at >> 3)) >> (at & 7);
        int plain = at + BitOperations.TrailingZeroCount(ahead);
        if (ahead != 0 && this[plain] == (byte)'"') return plain;
        plain = InsideSpecial(at, out bool any);
        escaped = any;
        return plain;
    }

    /// <summary>Where a string ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int String(int at)
    {
        int close = Inside(at + 1, out _);
        return close < 0 ? close : close + 1;
    }

    /// <summary>Where a member's value begins: after its name, its colon and white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Name(int at)
    {
        at = Space(at);
        if (this[at] != (byte)'"') return Fault;
        at = String(at);
        if (at < 0) return at;
        at = Take((byte)':', at);
        return at < 0 ? at : Space(at);
    }

    /// <summary>Where true, false or null ends.</summary>
    public int Literal(int at, ReadOnlySpan<byte> word) => Between(at, at + word.Length).SequenceEqual(word) ? at + word.Length : Fault;

    /// <summary>Where a number ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Number(int at, out JsonNumber number) => JsonNumber.Scan(ref text, at, out number);

    /// <summary>Where a value of any kind ends that stands inside of <paramref name="around"/> open containers.</summary>
    public int Value(int at, int around)
    {
        switch (this[at])
        {
            case (byte)'"': return String(at);
            case (byte)'{' or (byte)'[': return Container(at, around);
            case (byte)'t': return Literal(at, "true"u8);
            case (byte)'f': return Literal(at, "false"u8);
            case (byte)'n': return Literal(at, "null"u8);
            default: return JsonNumber.Skip(ref text, at);
        }
    }

    /// <summary>Where an object or array ends.</summary>
    public int Container(int at, int around)
    {
        // For each open container, whether it is an object.
        Bits objects = default;
        int open = around;
        while (true)
        {
            byte first = this[at];
            if (first is (byte)'{' or (byte)'[')
            {
                if (open >= depth) return TooDeep;
                bool isObject = first == (byte)'{';
                at = Space(at + 1);
                if (this[at] == (isObject ? (byte)'}' : (byte)']'))
                {
                    at++;
                }
                else
                {
                    Note(ref objects, open++, isObject);
                    if (isObject)
                    {
                        at = Name(at);
                        if (at < 0) return at;
                    }
                    continue;
                }
            }
            else
            {
                at = first == (byte)'"' ? String(at) : Value(at, open);
                if (at < 0) return at;
            }

            // A value is complete, and perhaps with it what it stands in.
            while (true)
            {
                if (open == around) return at;
                at = Space(at);
                bool isObject = (objects[open - 1 >> 6] >> open - 1 & 1) != 0;
                if (this[at] == (byte)',')
                {
                    at = isObject ? Name(at + 1) : Space(at + 1);
                    if (at < 0) return at;
                    break;
                }
                if (this[at] != (isObject ? (byte)'}' : (byte)']')) return Fault;
                at++;
                open--;
            }
        }
    }

    // The general case of Inside: escapes, and what is not ASCII.
    [MethodImpl(MethodImplOptions.NoInlining)]
    int InsideSpecial(int start, out bool escaped)
    {
        escaped = false;
        int at = start;
        while (true)
        {
            // The control character at the end is found, if nothing else is.
            at += Between(at, end + 1).IndexOfAny(Special);
            switch (this[at])
            {
                case (byte)'"':
                    return Utf8.IsValid(Between(start, at)) ? at : Fault;
                case (byte)'\\':
                    escaped = true;
                    at = Escape(at);
                    if (at < 0) return Fault;
                    break;
                default:
                    return Fault;
            }
        }
    }

    int Escape(int at)
    {
        byte letter = this[at + 1];
        if (letter != (byte)'u')
            return letter is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' ? at + 2 : Fault;
        for (int i = 2; i < 6; i++)
        {
            if (!char.IsAsciiHexDigit((char)this[at + i])) return Fault;
        }
        return at + 6;
    }

    int MoreSpace(int at)
    {
        while (at < end && this[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }

    static void Note(ref Bits objects, int level, bool isObject)
    {
        ref ulong bits = ref objects[level >> 6];
        bits = isObject ? bits | 1UL << level : bits & ~(1UL << level);
    }

    [InlineArray(Deepest / 64)]
    struct Bits
    {
        ulong first;
    }
}
