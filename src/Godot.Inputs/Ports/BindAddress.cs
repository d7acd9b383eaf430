using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>Where to bind, and how a bind that fails is told.</summary>
static class BindAddress
{
    /// <summary>All addresses of this machine: an IPv6 socket that takes IPv4 too, if there is IPv6.</summary>
    public static readonly IPAddress All = Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    /// <summary>What programs of this machine reach each other by: 127.0.0.1, and ::1 if there is IPv6.</summary>
    public static IReadOnlyList<IPAddress> Loopback { get; } = CanBind(IPAddress.IPv6Loopback)
        ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

    /// <summary>A port by its number, and an address or none.</summary>
    public static Port Parse(string kind, int port, string? address, Allow? allow)
    {
        if (PortText.Refusal(port) is { } noPort) throw new ArgumentException(noPort, nameof(port));
        IPAddress? ip = address is null
            ? null
            : PortText.Address(address) ?? throw new ArgumentException(PortText.AddressRefusal(address), nameof(address));
        return new(kind, port, ip, allow ?? Allow.ThisMachine);
    }

    /// <summary>A port by a text such as <c>9877</c>, <c>127.0.0.1:9877</c>, <c>[::1]:9877</c> or <c>localhost:9877</c>.</summary>
    public static Port Parse(string kind, string text, Allow? allow)
    {
        ArgumentNullException.ThrowIfNull(text);
        (IPAddress? address, int port) = PortText.Read(text) ?? throw new ArgumentException(PortText.Refusal(text), nameof(text));
        return new(kind, port, address, allow ?? Allow.ThisMachine);
    }

    /// <summary>A socket of this end point's family; the address of all addresses takes IPv4 on an IPv6 socket too.</summary>
    public static Socket NewSocket(IPEndPoint endPoint, SocketType type, ProtocolType protocol)
    {
        Socket socket = new(endPoint.AddressFamily, type, protocol);
        if (endPoint.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
        return socket;
    }

    /// <summary>Why a socket could not be bound, in one sentence.</summary>
    public static InputException Refusal(Port port, SocketException e) => new(e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            $"{port.Kind} port {port.Number} is in use by another program; stop that program or choose another port.",
        SocketError.AccessDenied =>
            $"{port.Kind} port {port.Number} is not allowed to this user; choose one above 1023.",
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported =>
            $"{port.Addresses[0]} is not an address of this machine; write one that it has, or leave it out.",
        _ => $"{port.Kind} port {port.Number} cannot be listened on: {e.Message}.",
    }, e);

    // Where IPv6 is switched off, the system may have the family and still no address.
    static bool CanBind(IPAddress address)
    {
        try
        {
            using Socket probe = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
