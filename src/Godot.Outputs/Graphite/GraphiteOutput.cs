using System.Net.Sockets;
using System.Text;
using Godot.Common;

namespace Godot;

/// <summary>
/// Writes lines over one TCP connection, and opens another one when it has broken, or takes nothing. Carbon answers nothing: what a broken
/// connection had taken may be lost. It is not
/// written again.
/// </summary>
sealed class GraphiteOutput(GraphiteRecipe graphite, TimeProvider clock) : IOutput, IAsyncDisposable
{
    // Without a line that is taken.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    TcpClient? connection;

    // The events of the first notification that were taken before an attempt failed; the next one goes on behind them.
    int written;

    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
    {
        int taken = 0;
        using CancellationTokenSource late = new(Patience, clock);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            if (connection is not null && IsClosed(connection.Client)) Close();
            for (; taken < notifications.Count; taken++, written = 0)
            {
                for (; written < notifications[taken].Events.Count; written++)
                {
                    if (GraphiteLine.Of(notifications[taken].Events[written], graphite.Prefix) is not { } line) continue;
                    connection ??= await ConnectAsync(end.Token).ConfigureAwait(false);
                    // Line by line: a line that was cut off is none, and of more than one at a time nobody would know how many had been
                    // taken.
                    await connection.Client.SendAsync(Encoding.UTF8.GetBytes(line), end.Token).ConfigureAwait(false);
                    late.CancelAfter(Patience);
                }
            }
        }
        catch (OperationCanceledException e)
        {
            Close();
            throw Failure(taken, $"Graphite at {graphite.Host}:{graphite.Port} took nothing for {Patience.TotalSeconds} s.", e);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            Close();
            throw Failure(taken, $"Graphite at {graphite.Host}:{graphite.Port} cannot be reached: {PlainText.Line(e.Message)}", e);
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return default;
    }

    static Exception Failure(int taken, string message, Exception e) =>
        taken > 0 ? new PartlySentException(taken, message, e) : new IOException(message, e);

    // Carbon says nothing. What else listens there and does speak, without end perhaps, is not listened to for longer than it takes to know
    // that it is there.
    static bool IsClosed(Socket socket)
    {
        Span<byte> ignored = stackalloc byte[512];
        return socket.Poll(0, SelectMode.SelectRead)
            && socket.Receive(ignored, SocketFlags.None, out SocketError error) == 0 && error != SocketError.WouldBlock;
    }

    async Task<TcpClient> ConnectAsync(CancellationToken stop)
    {
        // What the system holds is lost with the connection, so that is not much.
        TcpClient client = new() { SendBufferSize = 64 * 1024 };
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
