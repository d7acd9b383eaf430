using System.Globalization;

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

    /// <summary>Reads the number that a text begins with; returns its length, 0 if it is none.</summary>
    public static int Scan(ReadOnlySpan<byte> text, out JsonNumber number)
    {
        number = default;
        int at = 0;
        bool negative = text.Length > 0 && text[0] == (byte)'-';
        if (negative) at++;

        ulong digits = 0;
        int significant = 0, exponent = 0;
        bool cut = false, cutHalf = false;

        int start = at;
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
        {
            if (significant == MostDigits)
            {
                exponent++;
                cutHalf = cut ? cutHalf : text[at] >= (byte)'5';
                cut = true;
                continue;
            }
            digits = digits * 10 + (uint)(text[at] - '0');
            if (digits != 0) significant++;
        }
        if (at == start || (text[start] == (byte)'0' && at > start + 1)) return 0;

        if (at < text.Length && text[at] == (byte)'.')
        {
            start = ++at;
            for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
            {
                if (significant == MostDigits)
                {
                    cutHalf = cut ? cutHalf : text[at] >= (byte)'5';
                    cut = true;
                    continue;
                }
                digits = digits * 10 + (uint)(text[at] - '0');
                if (digits != 0) significant++;
                exponent--;
            }
            if (at == start) return 0;
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            bool down = at < text.Length && text[at] == (byte)'-';
            if (at < text.Length && text[at] is (byte)'-' or (byte)'+') at++;
            start = at;
            int power = 0;
            for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++) power = Math.Min(power * 10 + (text[at] - '0'), LargestExponent);
            if (at == start) return 0;
            exponent += down ? -power : power;
        }

        number = new JsonNumber(digits, exponent, negative, cut, cutHalf);
        return at;
    }

    /// <summary>The double nearest to it: exactly what <see cref="double.Parse(string)"/> says, infinity included.</summary>
    public double ToDouble(ReadOnlySpan<byte> text)
    {
        // An integer and a power that are both exact need one rounding, which is the right one (Clinger 1990).
        if (cut || digits > 1UL << 53 || exponent is < -22 or > 22) return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        double value = exponent < 0 ? digits / ExactPowers[-exponent] : digits * ExactPowers[exponent];
        return negative ? -value : value;
    }

    /// <summary>The number times a power of ten, rounded half away from zero; false if that is beyond a long.</summary>
    public bool TryScale(int power, out long value)
    {
        power += exponent;
        UInt128 scaled = digits;
        if (power < -MostDigits || digits == 0) scaled = 0;
        else if (power < 0) scaled = (digits + Powers[-power] / 2) / Powers[-power];
        else if (power == 0) scaled += cutHalf ? 1u : 0u;
        else if (power > MostDigits) scaled = UInt128.MaxValue;
        else scaled *= Powers[power];

        bool fits = scaled <= long.MaxValue;
        value = !fits ? long.MaxValue : (long)scaled;
        if (negative) value = -value;
        return fits;
    }
}
