using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>
/// Who may use a port. Programs of this machine always may; who else is said to the port, as in <c>Tcp(9876, allow:
/// Allow.From("10.0.0.0/8"))</c>, or to all ports of a server program on its command line, as in <c>--allow 10.0.0.0/8</c>.
/// </summary>
/// <remarks>
/// It goes by the address that the peer has on the way to this machine: behind a proxy or address translation that is the proxy's. Everyone
/// on an allowed network may send, and over UDP, where an address is easily forged, whoever can reach it.
/// </remarks>
public sealed class Allow
{
    readonly IPNetwork[] networks;

    Allow(IPNetwork[] networks) => this.networks = networks;

    /// <summary>
    /// Programs of this machine and nobody else: its loopback addresses and all its own. What holds where nothing is said.
    /// </summary>
    public static Allow ThisMachine { get; } = new([]);

    /// <summary>Whoever reaches the port; the start warns of it.</summary>
    public static Allow Anyone { get; } = new([new(IPAddress.Any, 0), new(IPAddress.IPv6Any, 0)]);

    /// <summary>This machine, and whoever has an address in one of these networks.</summary>
    /// <param name="networks">
    /// Such as <c>10.0.0.0/8</c> or <c>fd00::/8</c>; without a prefix length it is one address. An IPv4 address is the same whether it
    /// comes by itself or within IPv6 (<c>::ffff:10.1.2.3</c>), and an IPv6 address whatever its zone.
    /// </param>
    /// <exception cref="ArgumentException">There is none, or one is not a network; the message says what to write.</exception>
    public static Allow From(params ReadOnlySpan<string> networks)
    {
        if (networks.IsEmpty)
            throw new ArgumentException("Allow.From needs a network, such as \"10.0.0.0/8\"; Allow.ThisMachine lets in nobody else.",
                nameof(networks));
        IPNetwork[] parsed = new IPNetwork[networks.Length];
        for (int i = 0; i < parsed.Length; i++) parsed[i] = Parse(networks[i]);
        return new(parsed);
    }

    /// <summary>In words: <c>this machine alone</c>, <c>this machine and 10.0.0.0/8</c>, <c>anyone</c>.</summary>
    public override string ToString() =>
        IsAnyone ? "anyone" : networks.Length == 0 ? "this machine alone" : $"this machine and {string.Join(", ", networks)}";

    /// <summary>Somebody beyond this machine may come.</summary>
    internal bool Others => networks.Length > 0;

    /// <summary>All addresses may, of IPv4 and of IPv6.</summary>
    internal bool IsAnyone => HasAll(AddressFamily.InterNetwork) && HasAll(AddressFamily.InterNetworkV6);

    /// <summary>All addresses of IPv4 may, or all of IPv6: of that the start warns.</summary>
    internal bool IsOpen => HasAll(AddressFamily.InterNetwork) || HasAll(AddressFamily.InterNetworkV6);

    /// <summary>An address of another machine may.</summary>
    internal bool Has(IPAddress address) => Array.Exists(networks, network => network.Contains(address));

    /// <summary>The one way to write an address: IPv4 by itself, IPv6 without a zone.</summary>
    internal static IPAddress Plain(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } => new(address.GetAddressBytes()),
        _ => address,
    };

    bool HasAll(AddressFamily family) =>
        Array.Exists(networks, network => network.PrefixLength == 0 && network.BaseAddress.AddressFamily == family);

    static IPNetwork Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string start = slash < 0 ? text : text[..slash];
        if (start.Contains('%', StringComparison.Ordinal))
            throw new ArgumentException(
                $"\"{text}\" names a zone, which only means something on this machine; leave it out, as in fe80::/10.");
        // The library takes 10 for 0.0.0.10, 010.0.0.1 for 8.0.0.1 and [::1]:80 for ::1: not what whoever wrote it means.
        if (!IPAddress.TryParse(start, out IPAddress? address) || start[0] == '['
            || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != start))
            throw new ArgumentException($"\"{text}\" is not a network; write it as 10.0.0.0/8 or fd00::/8, or one address as 10.1.2.3.");
        int bits = address.GetAddressBytes().Length * 8, length = bits;
        if (slash >= 0
            && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits))
            throw new ArgumentException(
                $"\"{text}\" has no prefix length that an IPv{(bits == 32 ? 4 : 6)} network can have; it is 0 "
                    + $"to {bits}, as in {start}/{bits}.");
        if (address.IsIPv4MappedToIPv6 && length >= 96) (address, length) = (address.MapToIPv4(), length - 96);
        IPAddress first = First(address, length);
        if (!first.Equals(address))
            throw new ArgumentException(
                $"\"{text}\" is an address within a network; write {first}/{length} for the network or {address} for that address alone.");
        return new(address, length);
    }

    static IPAddress First(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int bit = length; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new(bytes);
    }
}
