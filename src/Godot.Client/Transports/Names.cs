using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>The addresses of a host.</summary>
static class Names
{
    /// <summary>At least one address: the host's own, or those that its name resolves to.</summary>
    /// <exception cref="SocketException">The name has no address.</exception>
    public static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken stop)
    {
        if (IPAddress.TryParse(host, out IPAddress? address)) return [address];

        // RFC 6761: always the loopback addresses, whatever a hosts file leaves out.
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return Socket.OSSupportsIPv6 ? [IPAddress.IPv6Loopback, IPAddress.Loopback] : [IPAddress.Loopback];

        IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, stop).ConfigureAwait(false);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>The host as it stands in a URL.</summary>
    public static string Text(string host) => host.Contains(':') ? $"[{host}]" : host;
}
