using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Godot;

public enum Transport
{
    Tcp,
    Udp,
    Unix,
}

/// <summary>Servers that listen on all three transports, and plain sockets that send to them.</summary>
static class Senders
{
    public static GodotServer OnLoopback(params ReadOnlySpan<Transport> transports)
    {
        GodotServer server = new();
        foreach (Transport transport in transports)
        {
            _ = transport switch
            {
                Transport.Tcp => server.Tcp(0, "127.0.0.1"),
                Transport.Udp => server.Udp(0, "127.0.0.1"),
                _ => server.Unix(Some.SocketPath()),
            };
        }
        return server;
    }

    /// <summary>A socket that is connected to the server's input of that kind.</summary>
    public static Socket Connect(this GodotServer server, Transport transport)
    {
        EndPoint endPoint = server.Inputs.First(i => i.Name.StartsWith(transport.ToString(), StringComparison.OrdinalIgnoreCase)).EndPoint!;
        Socket socket =
            new(endPoint.AddressFamily, transport == Transport.Udp ? SocketType.Dgram : SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(endPoint);
        return socket;
    }

    public static void Send(this Socket socket, string text) => socket.Send(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends each text by itself, over a connection that is then closed.</summary>
    public static void Send(this GodotServer server, Transport transport, params IEnumerable<string> texts)
    {
        using Socket socket = server.Connect(transport);
        foreach (string text in texts) socket.Send(text);
    }

    /// <summary>True when the server has closed the connection.</summary>
    public static async Task<bool> IsClosed(this Socket socket)
    {
        try
        {
            return await Eventually.Within(socket.ReceiveAsync(new byte[1], SocketFlags.None, CancellationToken.None).AsTask()) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    public static InputCounters Counters(this GodotServer server, int input = 0) => server.Run!.Inputs[input].Counters;
}
