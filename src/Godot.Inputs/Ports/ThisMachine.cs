using System.Net;
using System.Net.NetworkInformation;

namespace Godot;

/// <summary>Which addresses are this machine's own.</summary>
static class ThisMachine
{
    // Addresses come and go; a stranger must not have us ask for each of its attempts.
    static readonly TimeSpan Known = TimeSpan.FromSeconds(10);

    static volatile Addresses known = new([], long.MinValue);

    /// <summary>A loopback address, or one that an interface has; a new one is known after ten seconds at most.</summary>
    /// <param name="address">As <see cref="Allow.Plain"/> writes it.</param>
    public static bool Has(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return true;
        long now = TimeProvider.System.GetTimestamp();
        if (known.At == long.MinValue || TimeProvider.System.GetElapsedTime(known.At, now) > Known) known = new(Ask(), now);
        return known.All.Contains(address);
    }

    /// <summary>An address has come, and somebody cannot wait until it is known.</summary>
    internal static void LookAgain() => known = new([], long.MinValue);

    static HashSet<IPAddress> Ask()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses)
                .Select(a => Allow.Plain(a.Address))];
        }
        catch (NetworkInformationException)
        {
            // Where the system does not tell, loopback is what there is.
            return [];
        }
    }

    sealed record Addresses(HashSet<IPAddress> All, long At);
}
