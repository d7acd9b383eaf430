using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Godot.Events;

/// <summary>The inside of JSON strings: escaping and unescaping (RFC 8259, section 7).</summary>
static class JsonText
{
    static readonly SearchValues<char> MustEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    static readonly SearchValues<byte> MustEscapeBytes = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    /// <summary>The most bytes that <c>Escape</c> writes for a char: a control character's <c>\u0000</c>.</summary>
    public const int MostBytesPerChar = 6;

    /// <summary>The most bytes that <c>Escape</c> writes for a text.</summary>
    public static int MaxEscapedLength(string text) => checked(text.Length * MostBytesPerChar);

    /// <summary>Writes a text as it stands between quotes; a lone surrogate becomes U+FFFD. Returns the bytes written.</summary>
    public static int Escape(ReadOnlySpan<char> text, Span<byte> to)
    {
        int written = 0;
        while (true)
        {
            int plain = text.IndexOfAny(MustEscape);
            if (plain < 0) return written + Encoding.UTF8.GetBytes(text, to[written..]);
            written += Encoding.UTF8.GetBytes(text[..plain], to[written..]);
            written += Escape(text[plain], to[written..]);
            text = text[(plain + 1)..];
        }
    }

    /// <summary>Whether a text stands between quotes otherwise than it is.</summary>
    public static bool NeedsEscape(ReadOnlySpan<byte> utf8) => utf8.ContainsAny(MustEscapeBytes);

    /// <summary>Writes a text of well-formed UTF-8 as it stands between quotes. Returns the bytes written.</summary>
    public static int Escape(ReadOnlySpan<byte> utf8, Span<byte> to)
    {
        int written = 0;
        while (true)
        {
            int plain = utf8.IndexOfAny(MustEscapeBytes);
            ReadOnlySpan<byte> before = plain < 0 ? utf8 : utf8[..plain];
            before.CopyTo(to[written..]);
            written += before.Length;
            if (plain < 0) return written;
            written += Escape((char)utf8[plain], to[written..]);
            utf8 = utf8[(plain + 1)..];
        }
    }

    static int Escape(char c, Span<byte> to)
    {
        byte letter = c switch
        {
            '"' => (byte)'"',
            '\\' => (byte)'\\',
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            '\b' => (byte)'b',
            '\f' => (byte)'f',
            _ => (byte)'u',
        };
        (to[0], to[1]) = ((byte)'\\', letter);
        if (letter != (byte)'u') return 2;
        ((int)c).TryFormat(to[2..], out int digits, "x4", CultureInfo.InvariantCulture);
        return 2 + digits;
    }

    /// <summary>
    /// Writes what an escaped text means, as UTF-8; never longer than the text itself. Half a surrogate pair becomes U+FFFD.
    /// The text must be well-formed: the reader has looked.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> to)
    {
        int written = 0;
        while (true)
        {
            int plain = text.IndexOf((byte)'\\');
            if (plain < 0)
            {
                text.CopyTo(to[written..]);
                return written + text.Length;
            }
            text[..plain].CopyTo(to[written..]);
            written += plain;
            byte letter = text[plain + 1];
            text = text[(plain + 2)..];
            if (letter != (byte)'u')
            {
                to[written++] = letter switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    _ => letter,
                };
                continue;
            }
            int unit = Hex4(text);
            text = text[4..];
            Rune rune = Rune.ReplacementChar;
            if (char.IsHighSurrogate((char)unit) && text.Length >= 6 && text[0] == (byte)'\\' && text[1] == (byte)'u'
                && Hex4(text[2..]) is int low && char.IsLowSurrogate((char)low))
            {
                rune = new Rune((char)unit, (char)low);
                text = text[6..];
            }
            else if (!char.IsSurrogate((char)unit))
            {
                rune = new Rune((char)unit);
            }
            written += rune.EncodeToUtf8(to[written..]);
        }
    }

    /// <summary>What an escaped text means, as a string.</summary>
    public static string UnescapeToString(ReadOnlySpan<byte> text)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length);
        string result = Encoding.UTF8.GetString(rented.AsSpan(0, Unescape(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return result;
    }

    static int Hex4(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text[..4], out int value, out _, 'x') ? value : 0;
}
