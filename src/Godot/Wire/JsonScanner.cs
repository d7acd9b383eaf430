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
/// past, and it and what follows must be <see cref="Padding"/> bytes.
/// </remarks>
/// <param name="text">What positions count from.</param>
/// <param name="marks">The <see cref="Marks"/> of the text.</param>
/// <param name="end">Where the text ends.</param>
/// <param name="depth">How deep objects and arrays may nest, at most <see cref="Deepest"/>.</param>
readonly ref struct JsonScanner(ref byte text, ref byte marks, int end, int depth)
{
    /// <summary>The deepest nesting that can be asked for.</summary>
    public const int Deepest = 256;

    public const int Padding = 64;

    /// <summary>Instead of a position: this is no JSON, or no UTF-8.</summary>
    public const int Fault = -1;

    /// <summary>Instead of a position: objects and arrays are nested too deep.</summary>
    public const int TooDeep = -2;

    readonly ref byte text = ref text;
    readonly ref byte marks = ref marks;
    readonly int end = end, depth = depth;

    public byte this[int at] => Unsafe.Add(ref text, (uint)at);

    public ReadOnlySpan<byte> Between(int from, int to) => MemoryMarshal.CreateReadOnlySpan(ref At(from), to - from);

    /// <summary>Whether these bytes, at least four, come next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(int at, ReadOnlySpan<byte> expected) => Begins(ref At(at), expected);

    /// <summary>Where white space ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Space(int at)
    {
        // What is rare is asked statically, so that a scanner can be in registers.
        return this[at] > ' ' ? at : MoreSpace(ref text, at, end);
    }

    /// <summary>Steps over white space and a comma; false if there is none, and <paramref name="at"/> may be a fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Comma(ref int at)
    {
        if (at < 0) return false;
        at = Space(at);
        if (this[at] != (byte)',') return false;
        at++;
        return true;
    }

    /// <summary>Where the inside of a string ends: at its closing quote.</summary>
    /// <param name="at">After the opening quote.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Inside(int at, out bool escaped)
    {
        ulong ahead = Ahead(ref marks, at);
        int close = at + BitOperations.TrailingZeroCount(ahead);
        escaped = false;
        if (ahead != 0 && this[close] == (byte)'"') return close;

        close = InsideSpecial(ref text, ref marks, at, out bool any);
        escaped = any;
        return close;
    }

    /// <summary>Where a string ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int String(int at)
    {
        int close = Inside(at + 1, out _);
        return close < 0 ? close : close + 1;
    }

    /// <summary>Where a member's value, or white space before it, begins: after its name and its colon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Name(int at)
    {
        at = Space(at);
        if (this[at] != (byte)'"') return Fault;
        at = String(at);
        if (at < 0) return at;
        at = Space(at);
        return this[at] == (byte)':' ? at + 1 : Fault;
    }

    /// <summary>Where a number ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Number(int at, out JsonNumber number)
    {
        int length = JsonNumber.Scan(ref At(at), out number);
        return length == 0 ? Fault : at + length;
    }

    /// <summary>Where a value of any kind ends that stands inside of <paramref name="around"/> open containers.</summary>
    public int Value(int at, int around)
    {
        at = Space(at);
        switch (this[at])
        {
            case (byte)'"': return String(at);
            case (byte)'{' or (byte)'[': return Container(at, around);
            default: return Scalar(at);
        }
    }

    /// <summary>Where an object or array ends.</summary>
    public int Container(int at, int around)
    {
        JsonScanner json = this;
        // For each open container, whether it is an object.
        Bits objects = default;
        int open = around;
        bool inObject = false;
        while (true)
        {
            at = json.Space(at);
            byte first = json[at];
            if (first == (byte)'"')
            {
                at = json.String(at);
            }
            else if ((first | 0x20) != (byte)'{')
            {
                at = json.Scalar(at);
            }
            else
            {
                // [ and { differ in that bit.
                if (open >= depth) return TooDeep;
                inObject = first == (byte)'{';
                ref ulong bits = ref objects[open >> 6];
                bits = inObject ? bits | 1UL << open : bits & ~(1UL << open);
                open++;
                at = json.Space(at + 1);
                if (json[at] != first + 2)
                {
                    if (!inObject) continue;
                    at = json.Name(at);
                    if (at < 0) return at;
                    continue;
                }
            }

            // A value is complete, and perhaps with it what it stands in.
            while (!json.Comma(ref at))
            {
                if (at < 0) return at;
                if (json[at] != (inObject ? (byte)'}' : (byte)']')) return Fault;
                at++;
                if (--open == around) return at;
                inObject = (objects[open - 1 >> 6] >> open - 1 & 1) != 0;
            }
            if (!inObject) continue;
            at = json.Name(at);
            if (at < 0) return at;
        }
    }

    // The first and the last word of what is expected, which may overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Begins(ref byte text, ReadOnlySpan<byte> expected)
    {
        ref byte first = ref MemoryMarshal.GetReference(expected);
        int last = expected.Length - (expected.Length < sizeof(ulong) ? sizeof(uint) : sizeof(ulong));
        return expected.Length < sizeof(ulong)
            ? Word<uint>(ref text) == Word<uint>(ref first) && Word<uint>(ref Unsafe.Add(ref text, last)) == Word<uint>(ref Unsafe.Add(ref first, last))
            : Word<ulong>(ref text) == Word<ulong>(ref first) && (last == 0 || Word<ulong>(ref Unsafe.Add(ref text, last)) == Word<ulong>(ref Unsafe.Add(ref first, last)));
    }

    ref byte At(int at) => ref Unsafe.Add(ref text, (uint)at);

    static T Word<T>(ref byte at) => Unsafe.ReadUnaligned<T>(ref at);

    // Whether strings end here, in the next byte, and so on: for 57 bytes at least.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Ahead(ref byte marks, int at) => Word<ulong>(ref Unsafe.Add(ref marks, (uint)at >> 3)) >> (at & 7);

    // Where a number, true, false or null ends.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Scalar(int at)
    {
        int length = JsonNumber.Length(ref At(at));
        return length > 0 ? at + length : Word(ref text, at);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Word(ref byte text, int at)
    {
        ref byte here = ref Unsafe.Add(ref text, at);
        if (Begins(ref here, "true"u8)) return at + 4;
        if (Begins(ref here, "false"u8)) return at + 5;
        return Begins(ref here, "null"u8) ? at + 4 : Fault;
    }

    // The general case of Inside: long, escaped, not ASCII.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static int InsideSpecial(ref byte text, ref byte marks, int start, out bool escaped)
    {
        escaped = false;
        bool ascii = true;
        for (int at = start; ;)
        {
            ulong ahead = Ahead(ref marks, at);
            if (ahead == 0)
            {
                at += 57;
                continue;
            }
            at += BitOperations.TrailingZeroCount(ahead);
            ref byte here = ref Unsafe.Add(ref text, at);
            switch (here)
            {
                case (byte)'"':
                    return ascii || Utf8.IsValid(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, start), at - start)) ? at : Fault;
                case (byte)'\\':
                    escaped = true;
                    int length = EscapeLength(ref here);
                    if (length == 0) return Fault;
                    at += length;
                    break;
                case >= 0x80:
                    ascii = false;
                    while (Unsafe.Add(ref text, at) >= 0x80) at++;
                    break;
                default:
                    return Fault;
            }
        }
    }

    static int EscapeLength(ref byte text)
    {
        byte letter = Unsafe.Add(ref text, 1);
        if (letter != (byte)'u')
            return letter is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' ? 2 : 0;
        for (int i = 2; i < 6; i++)
        {
            if (!char.IsAsciiHexDigit((char)Unsafe.Add(ref text, i))) return 0;
        }
        return 6;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int MoreSpace(ref byte text, int at, int end)
    {
        while (at < end && Unsafe.Add(ref text, at) is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }

    [InlineArray(Deepest / 64)]
    struct Bits
    {
        ulong first;
    }
}
