using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>A port as it was said: where it listens, and who may use it.</summary>
/// <param name="Kind"><c>tcp</c>, <c>udp</c> or <c>http</c>.</param>
/// <param name="Number">0 until a free one was taken.</param>
/// <param name="Address">Null: none was said.</param>
sealed record Port(string Kind, int Number, IPAddress? Address, Allow Allow)
{
    /// <summary>What a datagram can hold at most, in bytes: its own header, of eight, counts too.</summary>
    public const int LongestDatagram = 65_535 - 8;

    // A free port on one address may be taken on the other.
    const int Attempts = 20;

    /// <summary>How metrics and logs call it: without the address where none was said.</summary>
    public string Name =>
        Address is null || Address.Equals(BindAddress.All) ? $"{Kind}:{Number}" : $"{Kind}:{new IPEndPoint(Address, Number)}";

    /// <summary>
    /// An address says where it listens and nothing else. Without one, TCP listens everywhere, so that it can tell a stranger why it is not
    /// heard; the others do so only if somebody beyond this machine may come.
    /// </summary>
    public IReadOnlyList<IPAddress> Addresses =>
        Address is not null ? [Address] : Kind == "tcp" || Allow.Others ? [BindAddress.All] : BindAddress.Loopback;

    public IPEndPoint EndPoint => new(Addresses[0], Number);

    /// <summary>Everyone who reaches one of the addresses may come: nobody's address need be looked at.</summary>
    public bool AsksNobody => Addresses.All(IPAddress.IsLoopback);

    /// <summary>A bound socket for each address, all on one port.</summary>
    /// <param name="prepare">Done to each before it is bound.</param>
    /// <exception cref="InputException">The port cannot be had.</exception>
    public Socket[] Bind(SocketType type, ProtocolType protocol, Action<Socket>? prepare = null)
    {
        for (int attempt = 1; ; attempt++)
        {
            List<Socket> sockets = [];
            int number = Number;
            try
            {
                foreach (IPAddress address in Addresses)
                {
                    Socket socket = BindAddress.NewSocket(new(address, number), type, protocol);
                    sockets.Add(socket);
                    prepare?.Invoke(socket);
                    socket.Bind(new IPEndPoint(address, number));
                    number = ((IPEndPoint)socket.LocalEndPoint!).Port;
                }
                return [.. sockets];
            }
            catch (SocketException e)
            {
                sockets.ForEach(socket => socket.Dispose());
                if (Number == 0 && sockets.Count > 1 && e.SocketErrorCode == SocketError.AddressAlreadyInUse && attempt < Attempts)
                    continue;
                throw BindAddress.Refusal(this, e);
            }
        }
    }
}
