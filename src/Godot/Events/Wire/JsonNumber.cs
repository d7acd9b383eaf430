using System.Globalization;
using System.Runtime.CompilerServices;

namespace Godot.Events;

/// <summary>
/// A JSON number as it is written: its first 19 significant digits as an integer, and the power of ten that belongs to them.
/// </summary>
readonly struct JsonNumber
{
    /// <summary>As many decimal digits fit into a ulong, whatever they are.</summary>
    public const int MostDigits = 19;

    // Powers of ten that a double holds exactly.
    static ReadOnlySpan<double> ExactPowers =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    static ReadOnlySpan<ulong> Powers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    // What such a power may be multiplied with to stay a long.
    static ReadOnlySpan<ulong> MostTimes =>
    [
        9_223_372_036_854_775_807, 922_337_203_685_477_580, 92_233_720_368_547_758, 9_223_372_036_854_775, 922_337_203_685_477,
        92_233_720_368_547, 9_223_372_036_854, 922_337_203_685, 92_233_720_368, 9_223_372_036, 922_337_203, 92_233_720, 9_223_372,
        922_337, 92_233, 9_223, 922, 92, 9, 0,
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
        <= 0 and >= -22 => digits / ExactPowers[-exponent],
        > 0 and <= 22 => digits * ExactPowers[exponent],
        _ => digits * Math.Pow(10, exponent),
    };

    /// <summary>
    /// Reads the number that a text begins with; returns its length, 0 if it is none. The text is as <see cref="JsonScanner"/> wants it: no
    /// digit at its end, and bytes enough behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Scan(ref byte text, out JsonNumber number)
    {
        int length = Digits.Measure(ref text, out int whole);
        if (!IsPlain(ref text, length, whole)) return Rare(ref text, out number);
        // Without a point there are none behind it, whatever stands there, and they count nothing.
        int decimals = Math.Max(length - whole - 1, 0);
        ulong digits = Digits.Value(ref text, whole) * Powers[decimals] + Digits.Value(ref Unsafe.Add(ref text, whole + 1), decimals);
        number = new JsonNumber(digits, -decimals, negative: false, cut: false, cutHalf: false);
        return length;
    }

    /// <summary>The length of the number that a text begins with, 0 if it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length(ref byte text)
    {
        int length = Digits.Measure(ref text, out int whole);
        return IsPlain(ref text, length, whole) ? length : ScanRare(ref text, out _);
    }

    // Neither a sign nor an exponent, not too many digits, and none wrong.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsPlain(ref byte text, int length, int whole) =>
        (uint)(whole - 1) < Digits.Most && length - whole - 1 <= Digits.Most && length - 1 <= MostDigits
        && length != whole + 1 && (text != (byte)'0' || whole == 1) && !IsExponent(Unsafe.Add(ref text, length));

    // With a sign, an exponent, or more digits.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static int ScanRare(ref byte text, out JsonNumber number)
    {
        int sign = text == (byte)'-' ? 1 : 0;
        int length = LongNumber.Scan(ref Unsafe.Add(ref text, sign), out LongNumber all);
        number = new JsonNumber(all.Digits, all.Exponent, sign != 0, all.Cut, all.CutHalf);
        return length == 0 ? 0 : sign + length;
    }

    // A number whose address somebody takes is in memory: let it be another one than that which is scanned at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Rare(ref byte text, out JsonNumber number)
    {
        int length = ScanRare(ref text, out JsonNumber rare);
        number = rare;
        return length;
    }

    static bool IsExponent(byte letter) => (letter | 0x20) == 'e';

    /// <summary>The double nearest to it: exactly what <see cref="double.Parse(string)"/> says, infinity included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ToDouble(ReadOnlySpan<byte> text)
    {
        // An integer and a power that are both exact need one rounding, which is the right one (Clinger 1990).
        if (cut || digits > 1UL << 53 || exponent is < -22 or > 22) return Parse(text);
        double value = exponent <= 0 ? (long)digits / ExactPowers[-exponent] : (long)digits * ExactPowers[exponent];
        return negative ? -value : value;
    }

    /// <summary>The number times a power of ten, rounded half away from zero; false if that is beyond a long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryScale(int power, out long value)
    {
        power += exponent;
        ulong scaled = (uint)(power - 1) >= MostDigits ? Scaled(digits, power, cutHalf)
            : digits > MostTimes[power] ? ulong.MaxValue
            : digits * Powers[power];
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
}
