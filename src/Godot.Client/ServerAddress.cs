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
    /// <summary>A server on this machine.</summary>
    public static ServerAddress Usual { get; } = new(ServerKind.Tcp, "localhost", AddressText.UsualPort);

    /// <summary>The kind of this name: tcp, udp or unix.</summary>
    public static ServerKind ParseKind(string text) => text switch
    {
        "tcp" => ServerKind.Tcp,
        "udp" => ServerKind.Udp,
        "unix" => ServerKind.Unix,
        _ => throw new FormatException($"'{text}' is not a network protocol: tcp, udp and unix are"),
    };

    /// <exception cref="FormatException">It is not an address; the message says what one looks like.</exception>
    public static ServerAddress Parse(string text) =>
        AddressText.Refusal(text) is { } why ? throw new FormatException(why) : ParseAnyPort(text);

    /// <summary>As <see cref="Parse"/>, and takes port 0, which a server may listen on.</summary>
    public static ServerAddress ParseAnyPort(string text)
    {
        if (AddressText.IsUnix(text)) return OfPath(text[AddressText.Unix.Length..]);
        Uri address = AddressText.Read(text) ?? throw new FormatException(AddressText.Refusal(text));
        return new(ParseKind(address.Scheme), address.DnsSafeHost, address.Port >= 0 ? address.Port : AddressText.UsualPort);
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

    static ServerAddress OfPath(string path)
    {
        try
        {
            _ = new UnixDomainSocketEndPoint(path);
            return new(ServerKind.Unix, path);
        }
        catch (ArgumentException)
        {
            throw new FormatException($"'{path}' is not a path of a unix socket: it is empty, or longer than the system allows");
        }
    }
}
