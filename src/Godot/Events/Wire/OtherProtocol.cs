using System.Buffers;

namespace Godot.Events;

/// <summary>
/// Lines of other protocols. A web page can have a browser send a request to any port, with lines of the page's choice in its body: they
/// are not events, and what comes after such a line is none of ours.
/// </summary>
static class OtherProtocol
{
    // RFC 9110: what a method may consist of. JSON begins with none of these, but for numbers and words, which are no events.
    static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    /// <summary>So much of a line's end tells whether a request line ends there: <c>HTTP/1.1</c> and a carriage return.</summary>
    public const int Tail = 9;

    /// <summary>An HTTP request line; the hello of TLS, in which a page chooses bytes too.</summary>
    /// <param name="line">Without its newline.</param>
    public static bool Speaks(ReadOnlySpan<byte> line)
    {
        if (line is [0x16, 0x03, ..]) return true;
        if (line.IsEmpty || !Token.Contains(line[0])) return false;
        int first = line.IndexOf((byte)' ');
        if (first < 0 || line[..first].ContainsAnyExcept(Token)) return false;
        ReadOnlySpan<byte> target = line[(first + 1)..];
        int second = target.IndexOf((byte)' ');
        return second > 0 && target[(second + 1)..].StartsWith("HTTP/"u8);
    }

    /// <summary>A stream of something else than lines begins as an HTTP request does, going by what a browser sends at once.</summary>
    public static bool Begins(ReadOnlySpan<byte> stream)
    {
        int space = stream.IndexOf((byte)' ');
        return space > 0 && !stream[..space].ContainsAnyExcept(Token) && stream[(space + 1)..].StartsWith("/"u8);
    }

    /// <summary>A line that was too long to be kept was a request line, going by its end.</summary>
    public static bool SpokeAtTheEnd(ReadOnlySpan<byte> tail)
    {
        if (tail is [.., (byte)'\r']) tail = tail[..^1];
        return tail.Length >= 8 && tail[^8..].StartsWith("HTTP/"u8);
    }
}
