using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>Where to bind, and how a bind that fails is told.</summary>
static class BindAddress
{
    /// <summary>All addresses of this machine: an IPv6 socket that takes IPv4 too, if there is IPv6.</summary>
    public static readonly IPAddress All = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    /// <summary>The end point of a port, on all addresses if none is given.</summary>
    public static IPEndPoint Parse(int port, string? address)
    {
        if (port is < 0 or > 65535) throw new ArgumentException($"{port} is no port; ports are 0 to 65535.", nameof(port));
        if (address is null) return new(All, port);
        if (address == "localhost") return new(IPAddress.Loopback, port);
        return IPAddress.TryParse(address, out IPAddress? ip)
            ? new(ip, port)
            : throw new ArgumentException(
                $"\"{address}\" is no IP address; write one of this machine's, such as 127.0.0.1, or leave it out for all of them.", nameof(address));
    }

    /// <summary>The end point of a text such as <c>127.0.0.1:9877</c>, <c>[::1]:9877</c> or <c>localhost:9877</c>.</summary>
    public static IPEndPoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.LastIndexOf(':');
        if (colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            string address = text[..colon];
            if (address == "localhost") return new(IPAddress.Loopback, port);
            // An IPv6 address has brackets here, otherwise its last colon could be the port's.
            bool bracketed = address[0] == '[', hasColon = address.Contains(':', StringComparison.Ordinal);
            if (bracketed == hasColon && IPAddress.TryParse(address, out IPAddress? ip)) return new(ip, port);
        }
        throw new ArgumentException($"\"{text}\" is no IP address and port; write them as 127.0.0.1:9877 or [::1]:9877.", nameof(text));
    }

    /// <summary>A socket of this end point's family; the address of all addresses takes IPv4 on an IPv6 socket too.</summary>
    public static Socket NewSocket(IPEndPoint endPoint, SocketType type, ProtocolType protocol)
    {
        Socket socket = new(endPoint.AddressFamily, type, protocol);
        if (endPoint.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
        return socket;
    }

    /// <summary>How metrics and logs call an input: without the address where that is all of them.</summary>
    public static string Name(string kind, IPEndPoint endPoint) =>
        endPoint.Address.Equals(All) ? $"{kind}:{endPoint.Port}" : $"{kind}:{endPoint}";

    /// <summary>Why a socket could not be bound, in one sentence.</summary>
    public static InputException Refusal(string kind, IPEndPoint endPoint, SocketException e) => new(e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"{kind} port {endPoint.Port} is in use by another program; stop that program or choose another port.",
        SocketError.AccessDenied =>
            $"{kind} port {endPoint.Port} is not allowed to this user; choose one above 1023.",
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported =>
            $"{endPoint.Address} is no address of this machine; leave it out to listen on all of them.",
        _ => $"{kind} port {endPoint.Port} cannot be listened on: {e.Message}.",
    }, e);
}
