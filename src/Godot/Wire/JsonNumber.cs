using System.Globalization;
using System.Runtime.CompilerServices;

namespace Godot;

/// <summary>
/// A JSON number as it is written: its first 19 significant digits as an integer, and the power of ten that belongs to them.
/// </summary>
readonly struct JsonNumber
{
    const int MostDigits = 19;

    // Beyond what any double or time can hold, and far from overflowing an int.
    const int LargestExponent = 100_000_000;

    // Powers of ten that a double holds exactly.
    static ReadOnlySpan<double> ExactPowers =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    static ReadOnlySpan<ulong> Powers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    readonly ulong digits;
    readonly int exponent;
    readonly bool negative;

    // There are more digits, and the first of them is 5 or more.
    readonly bool cut, cutHalf;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    JsonNumber(ulong digits, int exponent, bool negative, bool cut, bool cutHalf) =>
        (this.digits, this.exponent, this.negative, this.cut, this.cutHalf) = (digits, exponent, negative, cut, cutHalf);

    /// <summary>Less than zero; minus zero is not.</summary>
    public bool IsNegative => negative && digits != 0;

    /// <summary>How large it is, whatever its sign: to about 15 digits, which tells units apart.</summary>
    public double Magnitude => exponent switch
    {
        >= 0 and <= 22 => digits * ExactPowers[exponent],
        < 0 and >= -22 => digits / ExactPowers[-exponent],
        _ => digits * Math.Pow(10, exponent),
    };

    /// <summary>
    /// Reads the number that a text begins with; returns its length, 0 if it is none. The text is as <see cref="JsonScanner"/> wants it: no digit at its
    /// end, and bytes enough behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Scan(ref byte text, out JsonNumber number)
    {
        int sign = text == (byte)'-' ? 1 : 0;
        ref byte first = ref Unsafe.Add(ref text, sign);
        int length = Digits.Read(ref first, out ulong digits), decimals = 0;
        if ((uint)(length - 1) >= Digits.Most - 1 || (first == (byte)'0' && length > 1)) return Other(ref text, out number);
        if (Unsafe.Add(ref first, (uint)length) == (byte)'.')
        {
            decimals = Digits.Read(ref Unsafe.Add(ref first, (uint)length + 1), out ulong fraction);
            if ((uint)(decimals - 1) >= Digits.Most - 1 || length + decimals > MostDigits) return Other(ref text, out number);
            digits = digits * Digits.Power(decimals) + fraction;
            length += 1 + decimals;
        }
        if ((Unsafe.Add(ref first, (uint)length) | 0x20) == 'e') return Other(ref text, out number);
        number = new JsonNumber(digits, -decimals, sign != 0, cut: false, cutHalf: false);
        return sign + length;
    }

    /// <summary>The length of the number that a text begins with, 0 if it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(ref byte text)
    {
        int sign = text == (byte)'-' ? 1 : 0;
        ref byte first = ref Unsafe.Add(ref text, sign);
        int length = Digits.Count(ref first);
        if ((uint)(length - 1) >= Digits.Most - 1 || (first == (byte)'0' && length > 1)) return ScanAny(ref text, out _);
        if (Unsafe.Add(ref first, (uint)length) == (byte)'.')
        {
            int decimals = Digits.Count(ref Unsafe.Add(ref first, (uint)length + 1));
            if ((uint)(decimals - 1) >= Digits.Most - 1) return ScanAny(ref text, out _);
            length += 1 + decimals;
        }
        return (Unsafe.Add(ref first, (uint)length) | 0x20) == 'e' ? ScanAny(ref text, out _) : sign + length;
    }

    // So that what is scanned can be in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Other(ref byte text, out JsonNumber number)
    {
        int length = ScanAny(ref text, out JsonNumber any);
        number = any;
        return length;
    }

    // However many digits, and an exponent.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static int ScanAny(ref byte text, out JsonNumber number)
    {
        number = default;
        bool negative = text == (byte)'-';
        int at = negative ? 1 : 0;

        Significand all = default;
        int start = at;
        for (; IsDigit(ref text, at); at++) all.Add(Unsafe.Add(ref text, at), beforePoint: true);
        if (at == start || (Unsafe.Add(ref text, start) == (byte)'0' && at > start + 1)) return 0;

        if (Unsafe.Add(ref text, at) == (byte)'.')
        {
            start = ++at;
            for (; IsDigit(ref text, at); at++) all.Add(Unsafe.Add(ref text, at), beforePoint: false);
            if (at == start) return 0;
        }

        if (Unsafe.Add(ref text, at) is (byte)'e' or (byte)'E')
        {
            at++;
            bool down = Unsafe.Add(ref text, at) == (byte)'-';
            if (Unsafe.Add(ref text, at) is (byte)'-' or (byte)'+') at++;
            start = at;
            int power = 0;
            for (; IsDigit(ref text, at); at++) power = Math.Min(power * 10 + (Unsafe.Add(ref text, at) - '0'), LargestExponent);
            if (at == start) return 0;
            all.Exponent += down ? -power : power;
        }

        number = new JsonNumber(all.Digits, all.Exponent, negative, all.Cut, all.CutHalf);
        return at;
    }

    /// <summary>The double nearest to it: exactly what <see cref="double.Parse(string)"/> says, infinity included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ToDouble(ReadOnlySpan<byte> text)
    {
        // An integer and a power that are both exact need one rounding, which is the right one (Clinger 1990).
        if (cut || digits > 1UL << 53 || exponent is < -22 or > 22) return Parse(text);
        double value = exponent < 0 ? (long)digits / ExactPowers[-exponent] : (long)digits * ExactPowers[exponent];
        return negative ? -value : value;
    }

    /// <summary>The number times a power of ten, rounded half away from zero; false if that is beyond a long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryScale(int power, out long value)
    {
        power += exponent;
        ulong scaled;
        if ((uint)(power - 1) >= MostDigits) scaled = Scaled(digits, power, cutHalf);
        else if (Math.BigMul(digits, Powers[power], out scaled) != 0) scaled = ulong.MaxValue;
        bool fits = (long)scaled >= 0;
        long positive = fits ? (long)scaled : long.MaxValue;
        value = negative ? -positive : positive;
        return fits;
    }

    static double Parse(ReadOnlySpan<byte> text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    static ulong Scaled(ulong digits, int power, bool cutHalf)
    {
        if (power == 0) return cutHalf ? digits + 1 : digits;
        if (power > 0) return digits == 0 ? 0 : ulong.MaxValue;
        return power < -MostDigits ? 0 : (ulong)(((UInt128)digits + Powers[-power] / 2) / Powers[-power]);
    }

    static bool IsDigit(ref byte text, int at) => char.IsAsciiDigit((char)Unsafe.Add(ref text, at));

    // Digits as they come: those that fit, and what the rest amounts to.
    struct Significand
    {
        public ulong Digits;
        public int Exponent;
        public bool Cut, CutHalf;
        int count;

        public void Add(byte digit, bool beforePoint)
        {
            if (count == MostDigits)
            {
                CutHalf = Cut ? CutHalf : digit >= (byte)'5';
                Cut = true;
                Exponent += beforePoint ? 1 : 0;
                return;
            }
            Digits = Digits * 10 + (uint)(digit - '0');
            if (Digits != 0) count++;
            Exponent -= beforePoint ? 0 : 1;
        }
    }
}
