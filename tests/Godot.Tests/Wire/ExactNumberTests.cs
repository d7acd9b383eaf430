using System.Globalization;
using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Godot.Events;

namespace Godot.Tests.Wire;

public sealed class ExactNumberTests
{
    static bool Same(string a, string b) => ExactNumber.Of(a) == ExactNumber.Of(b);

    [Theory]
    [InlineData("5", "5.0", "5e0", "50e-1", "0.05E+2", "0.0000500e5")]
    [InlineData("0", "-0", "0.0", "-0e5", "0e99999999999999999999", "0.000")]
    [InlineData("0.1", "0.10", "1e-1", "10E-2")]
    [InlineData("100", "1e2", "1E+02", "100.000")]
    [InlineData("-1.5", "-15e-1", "-1.50")]
    [InlineData("8121069193333309404", "8121069193333309404.0", "8121069193333309404e0", "81210691933333094.04e2")]
    [InlineData("1e400", "10e399", "0.1e401", "1E+0400")]
    [InlineData("1e999999999999999999", "10e999999999999999998")]
    [InlineData("0.1000000000000000055511151231257827", "1000000000000000055511151231257827e-34")]
    public void One_number_is_one_however_it_is_written(params string[] texts) =>
        Assert.All(texts, text => Assert.True(Same(texts[0], text), text));

    [Theory]
    [InlineData("8121069193333309404", "8121069193333309389")]
    [InlineData("8121069193333309404", "8.121069193333309E+18")]
    [InlineData("18446744073709551615", "18446744073709551616")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("0.1", "0.1000000000000000055511151231257827")]
    [InlineData("1e400", "1e401")]
    [InlineData("1e400", "-1e400")]
    [InlineData("1e-400", "1e-401")]
    [InlineData("1e-400", "0")]
    [InlineData("1e99999999999999999999", "1e99999999999999999998")]
    [InlineData("5", "-5")]
    public void Different_numbers_are_two(string a, string b) => Assert.False(Same(a, b));

    [Theory]
    [InlineData("81210691933333094040e-1", "8121069193333309404")]
    [InlineData("1234567890123456789e3", "1.234567890123456789e+21")]
    [InlineData("1234567890123456789e2", "123456789012345678900")]
    [InlineData("-1234567890123456789e-20", "-0.01234567890123456789")]
    [InlineData("1234567890123456e-25", "1.234567890123456e-10")]
    [InlineData("10E399", "1e+400")]
    [InlineData("1.5", null)]
    [InlineData("123456789012345", null)]
    public void All_digits_are_written_where_a_double_has_too_few(string text, string? digits) =>
        Assert.Equal(digits, ExactNumber.Of(text).Digits);

    // Near each other in value and in how they are written, so that equal ones come up.
    static readonly Gen<string> Number =
        from negative in Gen.Elements("", "", "-")
        from digits in Gen.OneOf(
            Gen.Choose(0, 120).Select(n => n.ToString(CultureInfo.InvariantCulture)),
            Gen.Elements("9007199254740992", "9007199254740993", "90071992547409930", "123456789012345", "1234567890123450",
                "1234567890123456", "12345678901234560", "999999999999999", "9999999999999999"))
        from zeros in Gen.Choose(0, 3)
        from point in Gen.Choose(0, 25)
        from exponent in Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(-6, 6).Select(n => (int?)n),
            Gen.Elements<int?>(-292, -291, -290, 290, 291, 292, 307, 308, 309, -323, -324, 400))
        select negative + WithPoint(digits + new string('0', zeros), point) + (exponent is { } power ? $"e{power}" : "");

    static string WithPoint(string digits, int behind)
    {
        if (behind == 0) return digits;
        string padded = digits.PadLeft(behind + 1, '0');
        string whole = padded[..^behind].TrimStart('0');
        return $"{(whole.Length > 0 ? whole : "0")}.{padded[^behind..]}";
    }

    [Property(MaxTest = 5000)]
    public Property Two_are_equal_if_their_fractions_are() => Prop.ForAll(Gen.Zip(Number, Number).ToArbitrary(), pair =>
        Same(pair.Item1, pair.Item2) == (Fraction(pair.Item1) == Fraction(pair.Item2)));

    [Property(MaxTest = 5000)]
    public Property Equal_ones_written_differently_are_found() => Prop.ForAll(Gen.Zip(Number, Gen.Choose(-30, 30)).ToArbitrary(), pair =>
    {
        string shifted = Shifted(pair.Item1, pair.Item2);
        return (Same(pair.Item1, shifted)
            && ExactNumber.Of(pair.Item1).GetHashCode() == ExactNumber.Of(shifted).GetHashCode()).Label(shifted);
    });

    [Property(MaxTest = 5000)]
    public Property Its_digits_are_JSON_and_say_the_same() => Prop.ForAll(Number.ToArbitrary(), text =>
    {
        if (ExactNumber.Of(text).Digits is not { } digits)
            return ExactNumber.Of(text).Nearest.Equals(double.Parse(text, CultureInfo.InvariantCulture) + 0.0);
        return JsonDocument.Parse(digits).RootElement.ValueKind == JsonValueKind.Number && Fraction(digits) == Fraction(text)
            && ExactNumber.Of(digits).Digits == digits;
    });

    [Property(MaxTest = 5000)]
    public Property Doubles_are_equal_if_their_shortest_texts_are(double a, double b) =>
        (!double.IsFinite(a) || !double.IsFinite(b)
            || (((MetaValue)a == b) == (a == b) && (MetaValue)a == a && a.Equals(((MetaValue)a).Number))).ToProperty();

    [Fact]
    public void Sixty_thousand_digits_take_no_time_to_speak_of()
    {
        string long1 = new('7', 60_000), long2 = new string('7', 59_999) + "8";
        Assert.True(Same(long1, long1 + ".0"));
        Assert.False(Same(long1, long2));
        Assert.False(Same("1e" + long1, "1e" + long2));
        Assert.True(Same("0." + new string('0', 60_000) + "1e60001", "1"));
    }

    // The same number with another exponent.
    static string Shifted(string text, int by)
    {
        int e = text.IndexOf('e', StringComparison.Ordinal);
        int exponent = e < 0 ? 0 : int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = (e < 0 ? text : text[..e]).TrimStart('-');
        int behind = mantissa.Contains('.', StringComparison.Ordinal)
            ? mantissa.Length - mantissa.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0').PadLeft(1, '0');
        int moved = behind + by;
        if (moved < 0) (digits, moved) = (digits + new string('0', -moved), 0);
        return (text[0] == '-' ? "-" : "") + WithPoint(digits, moved) + $"E{exponent - behind + moved + Math.Min(behind + by, 0)}";
    }

    // A numerator and a denominator without common factors of ten.
    static (BigInteger, BigInteger) Fraction(string text)
    {
        int e = text.IndexOfAny(['e', 'E']);
        string mantissa = e < 0 ? text : text[..e];
        int power = e < 0 ? 0 : int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0) power -= mantissa.Length - point - 1;
        BigInteger above =
            BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture), below = 1;
        if (power > 0) above *= BigInteger.Pow(10, power);
        else below = BigInteger.Pow(10, -power);
        BigInteger common = BigInteger.GreatestCommonDivisor(above, below);
        return (above / common, below / common);
    }
}
