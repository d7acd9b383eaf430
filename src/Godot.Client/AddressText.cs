namespace Godot;

/// <summary>How the address of a server is written. The analyzers compile this file too, for netstandard2.0.</summary>
static class AddressText
{
    public const int UsualPort = 9876;

    /// <summary>What the path of a unix socket follows; which paths there can be, the system says.</summary>
    public const string Unix = "unix://";

    /// <summary>Why this is not an address to connect to, without a full stop; null if it is, or that of a unix socket.</summary>
    public static string? Refusal(string text) =>
        IsUnix(text) ? null
        : Read(text) is not { } address ? $"'{text}' is not an address of a server, such as tcp://localhost:{UsualPort}, "
            + $"udp://localhost:{UsualPort} or unix:///run/godot.sock"
        : address.Port == 0 ? $"'{text}' names no port"
        : null;

    public static bool IsUnix(string text) => text.StartsWith(Unix, StringComparison.Ordinal);

    /// <summary>An address of TCP or UDP, port 0 included; null if it is none.</summary>
    public static Uri? Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && address is { Scheme: "tcp" or "udp", DnsSafeHost.Length: > 0, PathAndQuery: "" or "/" }
            ? address
            : null;
}
