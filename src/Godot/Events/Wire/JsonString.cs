using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Godot.Events;

/// <summary>Strings that are long, escaped or not ASCII: what <see cref="JsonScanner.Inside"/> does not see at a glance.</summary>
static class JsonString
{
    /// <summary>How many bytes at least one word of marks tells about, wherever in a byte it begins.</summary>
    const int Glance = 57;

    /// <summary>Whether strings end here (the lowest bit), in the next byte, and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Ahead(ref byte marks, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref marks, (uint)at >> 3)) >> (at & 7);

    /// <summary>Where a string's closing quote stands, or a fault.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Inside(ref byte text, ref byte marks, int start, out bool escaped)
    {
        escaped = false;
        bool ascii = true;
        for (int at = start; ;)
        {
            ulong ahead = Ahead(ref marks, at);
            if (ahead == 0)
            {
                at += Glance;
                continue;
            }
            at += BitOperations.TrailingZeroCount(ahead);
            ref byte here = ref Unsafe.Add(ref text, at);
            switch (here)
            {
                case (byte)'"':
                    return ascii || Utf8.IsValid(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref text, start), at - start)) ? at
                        : JsonScanner.Fault;
                case (byte)'\\':
                    escaped = true;
                    int length = EscapeLength(ref here);
                    if (length == 0) return JsonScanner.Fault;
                    at += length;
                    break;
                case >= 0x80:
                    ascii = false;
                    while (Unsafe.Add(ref text, at) >= 0x80) at++;
                    break;
                default:
                    return JsonScanner.Fault;
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
}
