using System.Runtime.CompilerServices;

namespace Godot.Events;

/// <summary>
/// A JSON number without its sign, read digit by digit: however many, and with an exponent. What <see cref="JsonNumber"/> does not read at
/// once.
/// </summary>
struct LongNumber
{
    // Beyond what any double or time can hold, and far from overflowing an int.
    const int LargestExponent = 100_000_000;

    public ulong Digits;
    public int Exponent;
    public bool Cut, CutHalf;

    int significant;

    /// <summary>The length of the number that a text begins with, 0 if it is none.</summary>
    public static int Scan(ref byte text, out LongNumber number)
    {
        number = default;
        int at = number.AddAll(ref text, 0, beforePoint: true);
        if (at == 0 || (text == (byte)'0' && at > 1)) return 0;

        if (Unsafe.Add(ref text, at) == (byte)'.')
        {
            int start = at + 1;
            at = number.AddAll(ref text, start, beforePoint: false);
            if (at == start) return 0;
        }
        return Unsafe.Add(ref text, at) is (byte)'e' or (byte)'E' ? number.AddExponent(ref text, at + 1) : at;
    }

    int AddAll(ref byte text, int at, bool beforePoint)
    {
        for (; IsDigit(ref text, at); at++) Add(Unsafe.Add(ref text, at), beforePoint);
        return at;
    }

    void Add(byte digit, bool beforePoint)
    {
        if (significant == JsonNumber.MostDigits)
        {
            CutHalf = Cut ? CutHalf : digit >= (byte)'5';
            Cut = true;
            Exponent += beforePoint ? 1 : 0;
            return;
        }
        Digits = Digits * 10 + (uint)(digit - '0');
        if (Digits != 0) significant++;
        Exponent -= beforePoint ? 0 : 1;
    }

    int AddExponent(ref byte text, int at)
    {
        bool down = Unsafe.Add(ref text, at) == (byte)'-';
        if (Unsafe.Add(ref text, at) is (byte)'-' or (byte)'+') at++;
        int start = at, power = 0;
        for (; IsDigit(ref text, at); at++) power = Math.Min(power * 10 + (Unsafe.Add(ref text, at) - '0'), LargestExponent);
        Exponent += down ? -power : power;
        return at == start ? 0 : at;
    }

    static bool IsDigit(ref byte text, int at) => char.IsAsciiDigit((char)Unsafe.Add(ref text, at));
}
