using System.Net.Sockets;
using System.Text;

namespace Godot;

/// <summary>Writes lines over one TCP connection, and opens another one when it has broken. Carbon answers nothing: what a broken connection had taken may be lost.</summary>
sealed class GraphiteOutput(GraphiteRecipe graphite) : IOutput, IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    TcpClient? connection;

    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        byte[] lines = Encoding.ASCII.GetBytes(string.Concat(notifications.SelectMany(notification => notification.Events).Select(e => GraphiteLine.Of(e, graphite.Prefix))));
        if (lines.Length == 0) return;
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Patience);
        try
        {
            // Carbon says nothing, so anything to read is its end of the connection.
            if (connection is { Client: var socket } && socket.Poll(0, SelectMode.SelectRead)) Close();
            connection ??= await ConnectAsync(late.Token).ConfigureAwait(false);
            await connection.GetStream().WriteAsync(lines, late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            Close();
            throw new TimeoutException($"Graphite at {graphite.Host}:{graphite.Port} took longer than {Patience.TotalSeconds} s.", e);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            Close();
            throw new IOException($"Graphite at {graphite.Host}:{graphite.Port} cannot be reached: {PlainText.Line(e.Message)}", e);
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return default;
    }

    async Task<TcpClient> ConnectAsync(CancellationToken stop)
    {
        TcpClient client = new();
        try
        {
            await client.ConnectAsync(graphite.Host, graphite.Port, stop).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    void Close()
    {
        connection?.Dispose();
        connection = null;
    }
}
