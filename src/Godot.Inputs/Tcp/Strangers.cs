using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using Godot.Common;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>
/// Answers connections of peers that may not send with one line that says what to write, as Redis does in its protected mode: silence would
/// have somebody look for the mistake in the network.
/// </summary>
sealed partial class Strangers(string input, Visitors visitors, InputCounters counters, InputContext context)
{
    // So many are answered at once; further ones are closed. They cost no more than that.
    public const int AtOnce = 16;

    // To close while something is unread would reset the connection, and take the answer away.
    static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(500);

    readonly OncePerMinute warning = new(context.Clock);
    int answering;

    /// <summary>False: it may come. Otherwise the connection is answered and closed.</summary>
    public bool Refuse(Socket socket)
    {
        IPAddress peer = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        if (visitors.MayCome(peer)) return false;
        counters.CountStranger();
        string told = visitors.Refusal(peer);
        if (warning.Pass()) StrangerRefused(context.Log, input, told, counters.Strangers);
        if (Interlocked.Increment(ref answering) <= AtOnce) _ = AnswerAsync(socket, told);
        else
        {
            Interlocked.Decrement(ref answering);
            socket.Dispose();
        }
        return true;
    }

    async Task AnswerAsync(Socket socket, string told)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            using (socket)
            using (CancellationTokenSource soon = CancellationTokenSource.CreateLinkedTokenSource(context.Stopping))
            {
                soon.CancelAfter(Drain);
                await socket.SendAsync(Line(told), SocketFlags.None, soon.Token).ConfigureAwait(false);
                socket.Shutdown(SocketShutdown.Send);
                byte[] ignored = new byte[4096];
                while (await socket.ReceiveAsync(ignored, SocketFlags.None, soon.Token).ConfigureAwait(false) > 0)
                {
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It did not want to know, or has had its time.
        }
        finally
        {
            Interlocked.Decrement(ref answering);
        }
    }

    static byte[] Line(string told) =>
        [.. "{\"error\":\""u8, .. JsonEncodedText.Encode(told, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, .. "\"}\n"u8];

    [LoggerMessage(LogLevel.Warning, "{Input} refused a connection: {Told} {Count} so far")]
    static partial void StrangerRefused(ILogger log, string input, string told, long count);
}
