using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Godot.Events;

/// <summary>
/// Steps over JSON text (RFC 8259, strictly) in UTF-8 (strictly, too). A method is given where something begins and says where it ends, or
/// <see cref="Fault"/>, or <see cref="TooDeep"/>. It never throws and never recurses.
/// </summary>
/// <remarks>
/// It looks ahead without asking where the text ends. So a control character, which no value goes past, must stand at
/// <paramref name="end"/>, and it and what follows must be <see cref="Padding"/> bytes. It keeps no position: those are passed and
/// returned, in registers. What is rare is called statically, for a scanner whose address nobody takes can be in registers too.
/// </remarks>
/// <param name="text">What positions count from.</param>
/// <param name="marks">The <see cref="StructuralIndex.Strings"/> of the text.</param>
/// <param name="end">Where the text ends.</param>
/// <param name="depth">How deep objects and arrays may nest, at most <see cref="Deepest"/>.</param>
readonly ref struct JsonScanner(ref byte text, ref byte marks, int end, int depth)
{
    /// <summary>The deepest nesting that can be asked for.</summary>
    public const int Deepest = 256;

    public const int Padding = 64;

    /// <summary>Instead of a position: this is not JSON, or not UTF-8.</summary>
    public const int Fault = -1;

    /// <summary>Instead of a position: objects and arrays are nested too deep.</summary>
    public const int TooDeep = -2;

    readonly ref byte text = ref text;
    readonly ref byte marks = ref marks;
    readonly int end = end, depth = depth;

    public byte this[int at] => At(at);

    public ReadOnlySpan<byte> Between(int from, int to) => MemoryMarshal.CreateReadOnlySpan(ref At(from), to - from);

    /// <summary>Whether these bytes, at least four, come next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(int at, ReadOnlySpan<byte> expected) => Begins(ref At(at), expected);

    /// <summary>Where white space ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Space(int at) => this[at] > ' ' ? at : MoreSpace(ref text, at, end);

    /// <summary>
    /// Steps over white space and a comma after a value. False: there is none, and <paramref name="at"/> is where something else stands, or
    /// what came instead of the value's end.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Comma(int valueEnd, out int at)
    {
        at = valueEnd;
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
        ulong ahead = JsonString.Ahead(ref marks, at);
        int close = at + BitOperations.TrailingZeroCount(ahead);
        escaped = false;
        if (ahead != 0 && this[close] == (byte)'"') return close;
        close = JsonString.Inside(ref text, ref marks, at, out bool any);
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

    /// <summary>
    /// Where a value of any kind ends that stands, perhaps after white space, inside of <paramref name="around"/> open containers.
    /// </summary>
    public int Value(int at, int around)
    {
        at = Space(at);
        return this[at] switch
        {
            (byte)'"' => String(at),
            (byte)'{' or (byte)'[' => Container(at, around),
            _ => Scalar(at),
        };
    }

    /// <summary>Where an object or array ends.</summary>
    public int Container(int at, int around)
    {
        JsonScanner json = this;
        // For each open container, whether it is an object.
        Bits objects = default;
        bool inObject = false;
        int open = around;
        while (true)
        {
            at = json.Space(at);
            byte first = json[at];
            if (first == (byte)'"')
            {
                at = json.String(at);
            }
            else if (first is not ((byte)'{' or (byte)'['))
            {
                at = json.Scalar(at);
            }
            else
            {
                if (open >= depth) return TooDeep;
                inObject = first == (byte)'{';
                Note(ref objects, open++, inObject);
                at = json.Space(at + 1);
                if (json[at] != (inObject ? (byte)'}' : (byte)']'))
                {
                    if (inObject) at = json.Name(at);
                    if (at < 0) return at;
                    continue;
                }
            }

            // A value is complete, or there is none to come, and perhaps with it what it stands in.
            while (!json.Comma(at, out at))
            {
                if (at < 0) return at;
                if (json[at] != (inObject ? (byte)'}' : (byte)']')) return Fault;
                at++;
                if (--open == around) return at;
                inObject = (objects[open - 1 >> 6] >> open - 1 & 1) != 0;
            }
            if (inObject) at = json.Name(at);
            if (at < 0) return at;
        }
    }

    ref byte At(int at) => ref Unsafe.Add(ref text, (uint)at);

    // Where a number, true, false or null ends.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Scalar(int at)
    {
        int length = JsonNumber.Length(ref At(at));
        if (length == 0) length = WordLength(ref At(at));
        return length == 0 ? Fault : at + length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int WordLength(ref byte text) =>
        Begins(ref text, "true"u8) || Begins(ref text, "null"u8) ? 4 : Begins(ref text, "false"u8) ? 5 : 0;

    // Compares the first and the last word of what is expected, which may overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool Begins(ref byte text, ReadOnlySpan<byte> expected)
    {
        ref byte first = ref MemoryMarshal.GetReference(expected);
        int last = expected.Length - (expected.Length < sizeof(ulong) ? sizeof(uint) : sizeof(ulong));
        ref byte end = ref Unsafe.Add(ref first, last);
        return expected.Length < sizeof(ulong)
            ? Word<uint>(ref text) == Word<uint>(ref first) && Word<uint>(ref Unsafe.Add(ref text, last)) == Word<uint>(ref end)
            : Word<ulong>(ref text) == Word<ulong>(ref first)
            && (last == 0 || Word<ulong>(ref Unsafe.Add(ref text, last)) == Word<ulong>(ref end));
    }

    static T Word<T>(ref byte at) => Unsafe.ReadUnaligned<T>(ref at);

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int MoreSpace(ref byte text, int at, int end)
    {
        while (at < end && Unsafe.Add(ref text, at) is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
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
