using System.Net;

namespace Godot;

/// <summary>Whether who comes to a port may: the port's <see cref="Allow"/>, and what is this machine.</summary>
sealed class Visitors(Port port, Func<IPAddress, bool> isThisMachine)
{
    /// <summary>May it? <paramref name="peer"/> as the socket tells it.</summary>
    public bool MayCome(IPAddress peer)
    {
        IPAddress plain = Allow.Plain(peer);
        return isThisMachine(plain) || port.Allow.Has(plain);
    }

    /// <summary>What whoever may not is told.</summary>
    public string Refusal(IPAddress peer)
    {
        string address = Allow.Plain(peer).ToString();
        (string verb, string call) = port.Kind switch
        {
            "http" => ("ask", $"Http(\"{port.Number}\", "),
            "udp" => ("send", $"Udp({port.Number}, "),
            _ => ("send", $"Tcp({port.Number}, "),
        };
        string others = port.Allow.Others ? "this server hears its own machine and the networks that it was given"
            : "this server hears its own machine alone";
        return $"{address} may not {verb} here: {others}. To let it in, start the server with "
            + $"--allow {address}, or write {call}allow: Allow.From(\"{address}\")) in its program.";
    }
}
