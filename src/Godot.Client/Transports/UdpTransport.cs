using System.Net;
using System.Net.Sockets;

namespace Godot;

/// <summary>A UDP server: a line a datagram, or as many lines as fit into 1,400 bytes.</summary>
sealed class UdpTransport(string host, int port, GodotClientOptions options) : Transport
{
    // The 65,535 bytes of an IPv4 packet without its header and UDP's.
    const int LargestDatagram = 65_507;
    const int PackedDatagram = 1_400;

    public override async Task<Connection> ConnectAsync(Signal wake, CancellationToken stop)
    {
        // IPv4 first: a server that listens to one of them listens to that, and a datagram to nobody is lost.
        IEnumerable<IPAddress> addresses =
            (await Names.ResolveAsync(host, stop).ConfigureAwait(false)).OrderBy(a => a.AddressFamily == AddressFamily.InterNetworkV6);
        return new DatagramConnection(this, [.. addresses.Select(address => new IPEndPoint(address, port))], options.PackDatagrams);
    }

    public override string ToString() => $"udp://{Names.Text(host)}:{port}";

    sealed class DatagramConnection : Connection
    {
        readonly UdpTransport transport;
        readonly IPEndPoint[] servers;
        readonly bool pack;
        int server;
        Socket socket;

        public DatagramConnection(UdpTransport transport, IPEndPoint[] servers, bool pack)
        {
            (this.transport, this.servers, this.pack) = (transport, servers, pack);
            socket = Open();
        }

        public override int Portion(ReadOnlySpan<byte> lines)
        {
            int first = lines.IndexOf((byte)'\n') + 1;
            if (!pack) return first;

            // The last newline is not sent.
            int last = lines[..Math.Min(lines.Length, PackedDatagram + 1)].LastIndexOf((byte)'\n') + 1;
            return Math.Max(first, last);
        }

        public override async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> portion, CancellationToken stop)
        {
            ReadOnlyMemory<byte> datagram = portion[..^1];
            if (datagram.Length > LargestDatagram) return false;
            while (true)
            {
                try
                {
                    await socket.SendAsync(datagram, SocketFlags.None, stop).ConfigureAwait(false);
                    return true;
                }
                catch (SocketException e) when (e.SocketErrorCode == SocketError.MessageSize)
                {
                    return false;
                }
                catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
                {
                    // The answer to an earlier datagram; this one was not sent yet.
                    Interlocked.Increment(ref transport.refused);
                    TryNextServer();
                }
            }
        }

        public override void Dispose() => socket.Dispose();

        void TryNextServer()
        {
            if (servers.Length == 1) return;
            server = (server + 1) % servers.Length;
            socket.Dispose();
            socket = Open();
        }

        // The first address, from the present one on, that this machine has a route to.
        Socket Open()
        {
            for (int tries = 1; ; tries++)
            {
                Socket opened = new(servers[server].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                try
                {
                    opened.Connect(servers[server]);
                    return opened;
                }
                catch (SocketException)
                {
                    opened.Dispose();
                    if (tries == servers.Length) throw;
                    server = (server + 1) % servers.Length;
                }
            }
        }
    }
}
