using System.Globalization;
using System.Net;

namespace Godot;

/// <summary>How a port and where it listens are written. The analyzers compile this file too, for netstandard2.0.</summary>
static class PortText
{
    /// <summary>Why there is no port of this number; null if there is.</summary>
    public static string? Refusal(int port) => port is >= 0 and <= 65535 ? null : $"{port} is not a port; ports are 0 to 65535.";

    /// <summary>Why nothing can listen there; null if it can.</summary>
    public static string? AddressRefusal(string address) => Address(address) is not null
        ? null
        : $"\"{address}\" is not an IP address; write one of this machine's, such as 127.0.0.1, or leave it out.";

    /// <summary>Why this is not a port, or an address and a port; null if it is.</summary>
    public static string? Refusal(string text) => Read(text) is not null
        ? null
        : $"\"{text}\" is neither a port nor an IP address and a port; write 9877, 127.0.0.1:9877 or [::1]:9877.";

    /// <summary>An IP address, or <c>localhost</c>; null if it is neither.</summary>
    public static IPAddress? Address(string text) =>
        text == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(text, out IPAddress? ip) ? ip : null;

    /// <summary><c>9877</c>, <c>127.0.0.1:9877</c>, <c>[::1]:9877</c> or <c>localhost:9877</c>; null if it is none of these.</summary>
    public static (IPAddress? Address, int Port)? Read(string text)
    {
        if (Number(text) is { } alone) return (null, alone);
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || Number(text.Substring(colon + 1)) is not { } port) return null;
        string address = text.Substring(0, colon);
        // An IPv6 address has brackets here, otherwise its last colon could be the port's.
        bool bracketed = address[0] == '[', hasColon = address.Any(c => c == ':');
        return bracketed == hasColon && Address(address) is { } ip ? (ip, port) : null;
    }

    static int? Number(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) ? number : null;
}
