using System.Globalization;
using System.Text;

namespace Godot.Tests.Wire;

/// <summary>
/// Random lines of JSON, most of them events: as programs write them, or in any order, spacing and escapes, with wrong types and odd
/// numbers. Repeatable from its seed.
/// </summary>
sealed class JsonGenerator(Random random)
{
    // In the order that we write.
    static readonly string[] Names = ["host", "service", "state", "time", "description", "tags", "meta", "metric", "ttl"];

    static readonly string[] OddNumbers =
    [
        "0", "-0", "-0.0", "1e400", "-1e400", "1E-400", "5e-324", "2.4703282292062328e-324", "1.7976931348623157e308",
            "1.7976931348623159e308",
        "9007199254740993", "0.1", "123456789012345678901234567890", "1e22", "1e23", "8.5e22", "100000000000", "100000000001", "1e14",
            "1e17",
        "0e99999999999", "1e99999999999", "1e-99999999999", "0.000000000000000000000000000001e30", "99999999999999999999",
            "1735689600.12345675",
    ];

    readonly StringBuilder text = new();

    // No spaces, and nothing escaped that need not be.
    bool tidy;

    public byte[] Line()
    {
        text.Clear();
        tidy = random.Next(3) == 0;
        Space();
        switch (random.Next(10))
        {
            case 0:
                Value(0);
                break;
            case 1:
                text.Append('[');
                Some(0, 5, i =>
                {
                    if (random.Next(8) == 0) Value(0);
                    else Event();
                });
                text.Append(']');
                break;
            default:
                Event();
                break;
        }
        Space();
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A copy in which a few bytes are flipped, deleted, inserted, cut off, or exchanged with another line's.</summary>
    public byte[] Mutated(byte[] line, byte[] other)
    {
        List<byte> bytes = [.. line];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int at = random.Next(bytes.Count + 1), length = random.Next(0, Math.Min(8, bytes.Count - at) + 1);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < bytes.Count: bytes[at] = (byte)"\"\\{}[],:0-.eEtfn \0\u001f"[random.Next(19)]; break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.Insert(at, (byte)random.Next(256)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.InsertRange(at, other.AsSpan(random.Next(other.Length + 1))); break;
            }
        }
        return [.. bytes.Select(b => b == (byte)'\n' ? (byte)' ' : b)];
    }

    void Event()
    {
        text.Append('{');
        if (tidy)
        {
            int[] names = [.. Enumerable.Range(0, Names.Length + 1).Where(_ => random.Next(5) > 0)];
            if (random.Next(4) == 0) random.Shuffle(names);
            for (int i = 0; i < names.Length; i++)
            {
                if (i > 0) text.Append(',');
                Name(names[i] < Names.Length ? Names[names[i]] : Word());
                Field(names[i]);
            }
            text.Append('}');
            return;
        }
        Some(0, 8, i =>
        {
            int name = random.Next(Names.Length + 2);
            Name(name < Names.Length ? Names[name] : Word());
            if (random.Next(30) == 0) Value(1);
            else Field(name);
        });
        text.Append('}');
    }

    void Field(int name)
    {
        switch (name)
        {
            case 0 or 1 or 2 or 4: String(); break;
            case 5: text.Append('['); Some(0, 4, i => String()); text.Append(']'); break;
            case 6: text.Append('{'); Some(0, 4, Member); text.Append('}'); break;
            case 7 or 8 when random.Next(12) == 0: Quoted(Number); break;
            case 3 when random.Next(12) == 0: Quoted(Time); break;
            case 3: Time(); break;
            case 7 or 8: Number(); break;
            default: Value(1); break;
        }
    }

    void Value(int depth)
    {
        switch (random.Next(depth > 6 ? 6 : 8))
        {
            case 0: text.Append("null"); break;
            case 1: text.Append("true"); break;
            case 2: text.Append("false"); break;
            case 3 or 4: Number(); break;
            case 5: String(); break;
            case 6: text.Append('['); Some(0, 4, i => Value(depth + 1)); text.Append(']'); break;
            default: text.Append('{'); Some(0, 4, Member); text.Append('}'); break;
        }
    }

    void Member(int i)
    {
        Name(Word());
        Value(4);
    }

    void Name(string name)
    {
        text.Append('"');
        foreach (char c in name) Char(c, !tidy && random.Next(40) == 0);
        text.Append('"');
        Space();
        text.Append(':');
        Space();
    }

    void String()
    {
        text.Append('"');
        int length = random.Next(60) == 0 ? random.Next(200, 300) : random.Next(4) == 0 ? random.Next(1, 6) * 16 + random.Next(-2, 3)
            : random.Next(20);
        // Plain all through, up to the last few, or not at all.
        int plain = random.Next(6) switch { < 3 => length, 3 => length - random.Next(3), _ => 0 };
        for (int i = 0; i < length; i++)
        {
            if (i < plain) text.Append((char)random.Next('a', 'z' + 1));
            else if (random.Next(20) == 0) Char((char)random.Next(0xD800, 0xE000), escape: true);
            else if (random.Next(10) == 0) text.Append("\U0001F680");
            else Char((char)random.Next(random.Next(2) == 0 ? 0x80 : 0xD800), random.Next(4) == 0);
        }
        text.Append('"');
    }

    void Char(char c, bool escape)
    {
        const string Short = "\"\\/\b\f\n\r\t", Letters = "\"\\/bfnrt";
        int letter = Short.IndexOf(c, StringComparison.Ordinal);
        if (letter >= 0 && random.Next(2) == 0) text.Append('\\').Append(Letters[letter]);
        else if (escape || c < ' ' || c is '"' or '\\')
            text.Append("\\u").Append(((int)c).ToString(random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture));
        else text.Append(c);
    }

    void Number() => text.Append(random.Next(6) switch
    {
        0 => OddNumbers[random.Next(OddNumbers.Length)],
        1 => random.Next(-1000, 100_000).ToString(CultureInfo.InvariantCulture),
        2 => (random.Next(100_000) / 100.0).ToString(CultureInfo.InvariantCulture),
        3 => Digits(1, 25) + "." + Digits(1, 25, leading: true),
        4 => Digits(1, 18) + (random.Next(2) == 0 ? "e" : "E") + (random.Next(3) switch { 0 => "+", 1 => "-", _ => "" })
            + Digits(1, 3, leading: true),
        _ => BitConverter.Int64BitsToDouble(random.NextInt64()) is var any
            && double.IsFinite(any) ? any.ToString("R", CultureInfo.InvariantCulture) : "1",
    });

    void Time() => text.Append(random.Next(5) switch
    {
        4 => $"17{Digits(8, 8, leading: true)}{(random.Next(2) == 0 ? "" : "." + Digits(1, 3, leading: true))}",
        0 => Digits(1, 22),
        1 => OddNumbers[random.Next(OddNumbers.Length)],
        2 => $"{random.Next()}.{Digits(1, 9, leading: true)}",
        _ => $"{random.Next(1, 1_900_000_000)}{Digits(3, 9, leading: true)}",
    });

    void Quoted(Action number)
    {
        text.Append(random.Next(8) == 0 ? "\" " : "\"");
        number();
        text.Append(random.Next(8) == 0 ? " ms\"" : "\"");
    }

    string Digits(int least, int most, bool leading = false)
    {
        char[] digits = new char[random.Next(least, most + 1)];
        for (int i = 0; i < digits.Length; i++) digits[i] = (char)random.Next('0', '9' + 1);
        if (!leading && digits[0] == '0') digits[0] = '7';
        return new string(digits);
    }

    string Word() => random.Next(4) == 0 ? "é" + random.Next(3) : ((char)random.Next('a', 'f')).ToString();

    void Some(int least, int most, Action<int> one)
    {
        int count = random.Next(least, most + 1);
        Space();
        for (int i = 0; i < count; i++)
        {
            if (i > 0) text.Append(',');
            Space();
            one(i);
            Space();
        }
    }

    void Space()
    {
        if (tidy || random.Next(6) > 0) return;
        for (int i = random.Next(3); i >= 0; i--) text.Append(" \t\r"[random.Next(3)]);
    }
}
