using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>
/// Who sent a datagram, and whether it may, for a socket that others can reach. Owned by the thread that receives. An address is asked
/// about once, and again after a while: this machine's own may change.
/// </summary>
sealed class UdpSenders(Socket socket, Visitors visitors, TimeProvider clock)
{
    // A flood from made-up addresses forgets them all, and costs a look at a few networks for each.
    const int Most = 4096;

    static readonly TimeSpan Known = TimeSpan.FromSeconds(10);

    readonly SocketAddress from = new(socket.AddressFamily);
    readonly Dictionary<IPAddress, bool> known = [];
    readonly IPEndPoint any = new(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
    long since;

    /// <summary>May the sender of the last datagram send?</summary>
    public bool MaySend
    {
        get
        {
            long now = clock.GetTimestamp();
            if (known.Count >= Most || clock.GetElapsedTime(since, now) > Known)
            {
                known.Clear();
                since = now;
            }
            if (known.TryGetValue(Sender, out bool may)) return may;
            return known[Sender] = visitors.MayCome(Sender);
        }
    }

    /// <summary>What is told of it if it may not.</summary>
    public string Refusal => visitors.Refusal(Sender);

    /// <summary>
    /// As <see cref="Socket.Receive(Span{byte}, SocketFlags, out SocketError)"/>, with a limit: what tells the sender too throws where
    /// nothing came.
    /// </summary>
    public int Receive(Span<byte> datagram, int milliseconds, out SocketError error)
    {
        error = SocketError.TimedOut;
        try
        {
            if (!socket.Poll(TimeSpan.FromMilliseconds(milliseconds), SelectMode.SelectRead)) return 0;
            int length = socket.ReceiveFrom(datagram, SocketFlags.None, from);
            error = SocketError.Success;
            return length;
        }
        catch (SocketException e)
        {
            error = e.SocketErrorCode;
            return 0;
        }
    }

    IPAddress Sender => ((IPEndPoint)any.Create(from)).Address;
}
