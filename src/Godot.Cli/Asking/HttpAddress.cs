using System.CommandLine;
using System.Globalization;

namespace Godot;

/// <summary>Where a server program serves its HTTP pages: its own <c>--http [ADDRESS:]PORT</c>.</summary>
sealed record HttpAddress(Uri Root)
{
    static readonly HttpAddress Usual = Parse("127.0.0.1:9877");

    public static Option<HttpAddress> Option() => new("--server", "--http")
    {
        Description = "The server's HTTP port, as in its own --http; without an address, on this machine",
        HelpName = "[ADDRESS:]PORT",
        DefaultValueFactory = _ => Usual,
        CustomParser = Parsing.By(Parse),
    };

    /// <exception cref="FormatException">It is none; the message says what one looks like.</exception>
    public static HttpAddress Parse(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0 ? Parse($"127.0.0.1:{port}")
        : Uri.TryCreate($"http://{text}", UriKind.Absolute, out Uri? uri) && uri is { UserInfo: "", PathAndQuery: "/", Port: > 0 }
        && text.EndsWith($":{uri.Port}", StringComparison.Ordinal)
            ? new(uri)
            : throw new FormatException($"'{text}' is neither a port nor an address and a port, such as 9877 or 127.0.0.1:9877");

    public override string ToString() => Root.Authority;
}
