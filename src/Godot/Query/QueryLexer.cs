using System.Buffers;
using System.Globalization;
using System.Text;
using Godot.Common;

namespace Godot.Queries;

/// <summary>Divides a query into its words, one when asked. White space and commas stand between them, as in Riemann.</summary>
sealed class QueryLexer(string text)
{
    static readonly SearchValues<char> Space = SearchValues.Create(" \t\r\n,");

    // As in Riemann, but that the signs of operators end a name: metric>50 needs no spaces here.
    static readonly SearchValues<char> NotInNames = SearchValues.Create("^`'\"#~@:/%()[]{} \t\r\n,=<>!\\");

    static readonly string[] Signs = ["!=", "<=", ">=", "=~", "~=", "=", "<", ">", "(", ")"];

    int at;

    public Token Next()
    {
        ReadOnlySpan<char> rest = Rest;
        int space = rest.IndexOfAnyExcept(Space);
        if (space < 0) return new(TokenKind.End, text.Length, "");
        at += space;
        rest = Rest;
        if (rest[0] == '"') return Quoted();
        if (NumberLength(rest) is var digits and > 0) return Number(rest[..digits].TrimEnd("lLnN"), Step(digits));
        foreach (string sign in Signs)
            if (rest.StartsWith(sign, StringComparison.Ordinal)) return new(TokenKind.Sign, Step(sign.Length), sign);
        int length = NameLength(rest);
        if (length == 0) throw Stray(rest[0]);
        string name = rest[..length].ToString();
        if (name is "Infinity" or "-Infinity" or "NaN")
            return new(TokenKind.Number, Step(length), "", double.Parse(name, CultureInfo.InvariantCulture));
        return new(TokenKind.Name, Step(length), name);
    }

    ReadOnlySpan<char> Rest => text.AsSpan(at);

    // Steps over so many characters; says where they begin.
    int Step(int length) => (at += length) - length;

    // Beyond a double it is infinite, and what it is compared with is still smaller.
    static Token Number(ReadOnlySpan<char> digits, int position) =>
        new(TokenKind.Number, position, digits.ToString(), double.Parse(digits, CultureInfo.InvariantCulture));

    Token Quoted()
    {
        int begin = at++;
        StringBuilder value = new();
        while (true)
        {
            int plain = Rest.IndexOfAny('"', '\\');
            if (plain < 0) throw Fault("This text has no end; close it with \".", begin);
            value.Append(Rest[..plain]);
            at += plain + 1;
            if (text[at - 1] == '"') return new(TokenKind.Text, begin, value.ToString());
            value.Append(Escaped());
        }
    }

    // Behind a backslash.
    char Escaped()
    {
        int backslash = at - 1;
        char letter = at < text.Length ? text[at++] : ' ';
        switch (letter)
        {
            case '"' or '\\': return letter;
            case 't': return '\t';
            case 'r': return '\r';
            case 'n': return '\n';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u' when Rest.Length >= 4
                && ushort.TryParse(Rest[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                at += 4;
                return (char)code;
            default:
                throw Fault("A backslash stands before \", \\, t, r, n, b, f, or u and four hexadecimal digits; write \\\\ for one that is "
                    + "meant itself.", backslash);
        }
    }

    QueryFormatException Stray(char found) => Fault(found switch
    {
        '\'' => "Write texts in double quotes: \"cpu\".",
        '!' => "Write not before a condition, or != between two values.",
        '~' => "Write =~ for a text with %, ~= for a regular expression.",
        _ => $"A query has no {PlainText.Printable(found.ToString())} outside of texts; write texts in double quotes: \"cpu\".",
    }, at);

    QueryFormatException Fault(string sentence, int position) => new(sentence, text, position);

    // A part of a name begins behind a colon, too.
    static int NameLength(ReadOnlySpan<char> rest)
    {
        int length = Part(rest);
        while (length > 0 && length < rest.Length && rest[length] == ':' && Part(rest[(length + 1)..]) is var more and > 0)
            length += 1 + more;
        return length;

        static int Part(ReadOnlySpan<char> rest) => rest.IndexOfAny(NotInNames) is var end and >= 0 ? end : rest.Length;
    }

    // -?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?[lLnN]?
    static int NumberLength(ReadOnlySpan<char> rest)
    {
        int sign = rest[0] == '-' ? 1 : 0, length = sign + Digits(rest[sign..]);
        if (length == sign) return 0;
        if (rest[length..] is ['.', ..] && Digits(rest[(length + 1)..]) is var decimals and > 0) length += 1 + decimals;
        if (rest[length..] is ['e' or 'E', ..])
        {
            int before = rest[(length + 1)..] is ['-' or '+', ..] ? 2 : 1;
            if (Digits(rest[(length + before)..]) is var exponent and > 0) length += before + exponent;
        }
        return rest[length..] is ['l' or 'L' or 'n' or 'N', ..] ? length + 1 : length;

        static int Digits(ReadOnlySpan<char> rest) => rest.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : rest.Length;
    }
}
