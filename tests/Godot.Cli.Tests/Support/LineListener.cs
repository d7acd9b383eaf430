using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Godot.Cli.Tests;

/// <summary>A raw TCP listener that reads what one connection brings.</summary>
sealed class LineListener : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public LineListener() => listener.Start();

    public string Address => $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public async Task<StreamReader> AcceptAsync() =>
        new(new NetworkStream(await listener.AcceptSocketAsync().WaitAsync(Tool.Patience), ownsSocket: true), Encoding.UTF8);

    /// <summary>All lines of the next connection, until it is closed.</summary>
    public async Task<string[]> ReadToEndAsync()
    {
        using StreamReader reader = await AcceptAsync();
        return (await reader.ReadToEndAsync().WaitAsync(Tool.Patience)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Accepts a connection, and breaks it as soon as something comes.</summary>
    public async Task ResetFirstAsync()
    {
        using Socket socket = await listener.AcceptSocketAsync().WaitAsync(Tool.Patience);
        await socket.ReceiveAsync(new byte[1]).WaitAsync(Tool.Patience);
        socket.LingerState = new(true, 0);
    }

    public void Dispose() => listener.Dispose();
}
