using System.Net.Sockets;

namespace Godot;

/// <summary>How a server is reached.</summary>
enum ServerKind
{
    Tcp,
    Udp,
    Unix,
}

/// <summary>Where a server is: <c>tcp://host:port</c>, <c>udp://host:port</c> or <c>unix:///path</c>.</summary>
/// <param name="Address">A host, without brackets; for a unix socket its path.</param>
/// <param name="Port">0 for a unix socket.</param>
sealed record ServerAddress(ServerKind Kind, string Address, int Port = 0)
{
    const int UsualPort = 9876;

    /// <summary>A server on this machine.</summary>
    public static ServerAddress Usual { get; } = new(ServerKind.Tcp, "localhost", UsualPort);

    /// <summary>The kind of this name: tcp, udp or unix.</summary>
    public static ServerKind ParseKind(string text) => text == "unix" ? ServerKind.Unix
        : KindOf(text) ?? throw new FormatException($"'{text}' is no network protocol: tcp, udp and unix are");

    /// <exception cref="FormatException">It is none; the message says what one looks like.</exception>
    public static ServerAddress Parse(string text) => ParseAnyPort(text) is var server && (server.Port > 0 || server.Kind == ServerKind.Unix)
        ? server
        : throw new FormatException($"'{text}' names no port");

    /// <summary>As <see cref="Parse"/>, and takes port 0, which a server may listen on.</summary>
    public static ServerAddress ParseAnyPort(string text)
    {
        const string unix = "unix://";
        if (text.StartsWith(unix, StringComparison.Ordinal)) return OfPath(text[unix.Length..]);
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || KindOf(uri.Scheme) is not { } kind || uri.DnsSafeHost == ""
            || uri.PathAndQuery is not ("" or "/"))
            throw new FormatException($"'{text}' is no address of a server, such as tcp://localhost:{UsualPort}, udp://localhost:{UsualPort} or unix:///run/godot.sock");
        return new(kind, uri.DnsSafeHost, uri.Port >= 0 ? uri.Port : UsualPort);
    }

    public GodotClient Connect(GodotClientOptions? options = null) => Kind switch
    {
        ServerKind.Tcp => GodotClient.Tcp(Address, Port, options),
        ServerKind.Udp => GodotClient.Udp(Address, Port, options),
        _ => GodotClient.Unix(Address, options),
    };

    public string Scheme => Kind switch
    {
        ServerKind.Tcp => "tcp",
        ServerKind.Udp => "udp",
        _ => "unix",
    };

    public override string ToString() => Kind == ServerKind.Unix ? $"unix://{Address}" : $"{Scheme}://{Host}:{Port}";

    string Host => Address.Contains(':') ? $"[{Address}]" : Address;

    static ServerKind? KindOf(string scheme) => scheme switch
    {
        "tcp" => ServerKind.Tcp,
        "udp" => ServerKind.Udp,
        _ => null,
    };

    static ServerAddress OfPath(string path)
    {
        try
        {
            _ = new UnixDomainSocketEndPoint(path);
            return new(ServerKind.Unix, path);
        }
        catch (ArgumentException)
        {
            throw new FormatException($"'{path}' is no path of a unix socket: it is empty, or longer than the system allows");
        }
    }
}
