using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Godot.Events;

namespace Godot.Tests.Wire;

public class NumbersTests
{
    [Property(MaxTest = 5000)]
    public bool Any_double_is_read_bit_by_bit(long bits)
    {
        double value = BitConverter.Int64BitsToDouble(bits);
        return !double.IsFinite(value) || Reads(value.ToString("R", CultureInfo.InvariantCulture));
    }

    [Property(MaxTest = 5000)]
    public bool Everyday_doubles_are_read_bit_by_bit(NormalFloat value) => Reads(value.Get.ToString("R", CultureInfo.InvariantCulture));

    [Fact]
    public void Random_digits_are_read_as_double_Parse_reads_them()
    {
        Random random = new(20120612);
        StringBuilder text = new();
        for (int i = 0; i < 200_000; i++)
        {
            text.Clear();
            if (random.Next(2) == 0) text.Append('-');
            text.Append(random.Next(1, 10));
            Digits(random.Next(25));
            if (random.Next(2) == 0)
            {
                text.Append('.');
                Digits(random.Next(1, 25));
            }
            if (random.Next(2) == 0) text.Append('e').Append(random.Next(-345, 320));
            Assert.True(Reads(text.ToString()), text.ToString());
        }

        void Digits(int count)
        {
            for (; count > 0; count--) text.Append(random.Next(10));
        }
    }

    [Fact]
    public void Exact_integers_and_powers_are_read_without_a_parser_and_end_where_doubles_do()
    {
        foreach (string digits in (string[])["1", "9007199254740991", "9007199254740992", "9007199254740993", "123456789012345"])
        {
            for (int power = -30; power <= 30; power++) Assert.True(Reads($"{digits}e{power}"), $"{digits}e{power}");
        }
    }

    [Property(MaxTest = 5000)]
    public bool Digits_add_up_alike_on_every_processor(ulong number, byte count)
    {
        string text = $"{number % 1_000_000_000_000_000:D15}";
        text = text[..(1 + count % text.Length)];
        byte[] utf8 = EventReader.Padded(Encoding.UTF8.GetBytes(text + ",9"));
        return Godot.Events.Digits.Value(ref utf8[0], text.Length) == ulong.Parse(text, CultureInfo.InvariantCulture)
            && Godot.Events.Digits.AddUpAnywhere(Godot.Events.Digits.RightAligned(ref utf8[0], text.Length)) == ulong.Parse(text,
                CultureInfo.InvariantCulture);
    }

    static bool Reads(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        double expected = double.Parse(text, CultureInfo.InvariantCulture);
        return JsonNumber.Scan(ref EventReader.Padded(utf8)[0], out JsonNumber number) == utf8.Length
            && BitConverter.DoubleToInt64Bits(number.ToDouble(utf8)) == BitConverter.DoubleToInt64Bits(expected);
    }
}
