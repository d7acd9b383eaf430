using System.Buffers;
using System.Globalization;
using System.Text;

namespace Godot.Events;

/// <summary>Writes the pieces of JSON straight into a buffer. Call <see cref="Done"/> at the end.</summary>
ref struct JsonOutput(IBufferWriter<byte> output)
{
    // A long text is escaped in pieces, so that no more room is asked for than a piece may need.
    const int Piece = 256;

    const int LongestNumber = 32;

    // Of a second, in 100 ns.
    const int Decimals = 7;

    // Whole numbers up to here are doubles, and the shortest text that reads as one is all its digits.
    const double LargestPlain = 1e15;

    Span<byte> free;
    int used;

    public void Byte(byte value)
    {
        Ensure(1);
        free[used++] = value;
    }

    /// <summary>Bytes as they are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        if (free.Length - used < bytes.Length)
        {
            Done();
            if (bytes.Length > Piece)
            {
                output.Write(bytes);
                return;
            }
            Ensure(bytes.Length);
        }
        bytes.CopyTo(free[used..]);
        used += bytes.Length;
    }

    /// <summary>A text in quotes, escaped.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        Byte((byte)'"');
        while (!text.IsEmpty)
        {
            int length = PieceOf(text);
            Ensure(length * JsonText.MostBytesPerChar);
            used += JsonText.Escape(text[..length], free[used..]);
            text = text[length..];
        }
        Byte((byte)'"');
    }

    /// <summary>A text that is JSON already.</summary>
    public void Utf8(ReadOnlySpan<char> json)
    {
        while (!json.IsEmpty)
        {
            int length = PieceOf(json);
            Ensure(length * JsonText.MostBytesPerChar);
            used += Encoding.UTF8.GetBytes(json[..length], free[used..]);
            json = json[length..];
        }
    }

    /// <summary>A whole number.</summary>
    public void Integer(long value)
    {
        Ensure(LongestNumber);
        value.TryFormat(free[used..], out int written, provider: CultureInfo.InvariantCulture);
        used += written;
    }

    /// <summary>The shortest text that reads as this number.</summary>
    public void Number(double value)
    {
        if (Math.Abs(value) < LargestPlain && (long)value is var whole && whole == value && whole != 0)
        {
            Integer(whole);
            return;
        }
        Ensure(LongestNumber);
        value.TryFormat(free[used..], out int written, provider: CultureInfo.InvariantCulture);
        used += written;
    }

    /// <summary>A time, in 100 ns since the unix epoch.</summary>
    public void Time(long ticks)
    {
        if (ticks <= EventRules.LastSecond * TimeSpan.TicksPerSecond)
        {
            Seconds(ticks);
            return;
        }
        // So late that its seconds would read as milliseconds: nanoseconds say it.
        Integer(ticks);
        Raw("00"u8);
    }

    /// <summary>100 ns as seconds, with as many decimals as it takes.</summary>
    public void Seconds(long ticks)
    {
        Ensure(LongestNumber);
        if (ticks < 0) free[used++] = (byte)'-';
        (ulong seconds, ulong rest) = Math.DivRem(ticks < 0 ? 0 - (ulong)ticks : (ulong)ticks, (ulong)TimeSpan.TicksPerSecond);
        seconds.TryFormat(free[used..], out int written, provider: CultureInfo.InvariantCulture);
        used += written;
        if (rest == 0) return;
        free[used++] = (byte)'.';
        int decimals = Decimals;
        for (; rest % 10 == 0; rest /= 10) decimals--;
        for (int i = decimals - 1; i >= 0; i--, rest /= 10) free[used + i] = (byte)('0' + rest % 10);
        used += decimals;
    }

    /// <summary>Hands over what was written.</summary>
    public void Done()
    {
        if (used > 0) output.Advance(used);
        free = default;
        used = 0;
    }

    // A surrogate pair is not divided.
    static int PieceOf(ReadOnlySpan<char> text) =>
        text.Length <= Piece ? text.Length : char.IsHighSurrogate(text[Piece - 1]) ? Piece - 1 : Piece;

    void Ensure(int length)
    {
        if (free.Length - used >= length) return;
        Done();
        free = output.GetSpan(length);
    }
}
