using System.Globalization;

namespace Godot.Events;

/// <summary>
/// The number that a JSON text says, exactly. Two are equal if the numbers are, however they are written: 5, 5.0 and 50e-1 are one, whole
/// numbers of 19 digits stay apart, and so do 1e400 and 1e401.
/// </summary>
/// <remarks>An exponent of more than 18 digits is compared as it is written.</remarks>
/// <param name="Nearest">The nearest double, infinite beyond its range: for what is in order, not for what is the same.</param>
/// <param name="Digits">
/// All its digits, written in one way; null where no other number of so few digits has the same nearest double.
/// </param>
readonly record struct ExactNumber(double Nearest, string? Digits)
{
    // Decimal numbers of up to so many digits are different doubles if they are different, as long as the double is a normal one.
    const int ToldApart = 15, FarthestPower = 290;

    const int LongestExponent = 18;

    /// <param name="json">A number as JSON allows it; zeros in front do no harm.</param>
    public static ExactNumber Of(ReadOnlySpan<char> json)
    {
        // Most are short and whole.
        if (json.Length <= ToldApart && long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            return new(whole, null);

        bool negative = json[0] == '-';
        int end = json.IndexOfAny('e', 'E');
        ReadOnlySpan<char> mantissa = json[(negative ? 1 : 0)..(end < 0 ? json.Length : end)], exponent = end < 0 ? [] : json[(end + 1)..];
        int point = mantissa.IndexOf('.');
        string digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        ReadOnlySpan<char> significant = digits.AsSpan().TrimStart('0');
        int before = (point < 0 ? mantissa.Length : point) - (digits.Length - significant.Length);
        significant = significant.TrimEnd('0');
        if (significant.IsEmpty) return default;

        double nearest = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (exponent.TrimStart("+-").TrimStart('0').Length > LongestExponent) return new(nearest, json.ToString());
        // The power of ten that the first digit stands for.
        long power =
            before - 1 + (exponent.IsEmpty ? 0 : long.Parse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        return significant.Length <= ToldApart && power is >= -FarthestPower and <= FarthestPower
            ? new(nearest, null)
            : new(nearest, (negative ? "-" : "") + Written(significant, power));
    }

    // As JavaScript writes numbers, but with all digits.
    static string Written(ReadOnlySpan<char> digits, long power) => power switch
    {
        < -6 or > 20 => string.Concat(digits[..1], digits.Length > 1 ? "." : "", digits[1..],
            string.Create(CultureInfo.InvariantCulture, $"e{(power < 0 ? "-" : "+")}{Math.Abs(power)}")),
        < 0 => string.Concat("0.", new string('0', (int)-power - 1), digits),
        _ when digits.Length <= power + 1 => string.Concat(digits, new string('0', (int)power + 1 - digits.Length)),
        _ => string.Concat(digits[..((int)power + 1)], ".", digits[((int)power + 1)..]),
    };
}
