using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Godot.Client.Tests;

/// <summary>A server on a datagram socket.</summary>
sealed class DatagramServer : IDisposable
{
    readonly Socket socket;
    readonly byte[] buffer = new byte[65_536];

    public DatagramServer(IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1024 * 1024 };
        socket.Bind(new IPEndPoint(address, 0));
    }

    public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    public async Task<string> ReadAsync() => Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer.AsMemory()).Soon());

    public void Dispose() => socket.Dispose();
}
