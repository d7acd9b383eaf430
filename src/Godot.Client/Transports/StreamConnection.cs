using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Godot.Common;

namespace Godot;

/// <summary>TCP and unix sockets: writes everything at once, and notices when the server closes, and why.</summary>
sealed class StreamConnection : Connection
{
    /// <summary>Why a connection ended about which the server said nothing.</summary>
    public const string Closed = "closed by the server";

    // Of a server's line, in bytes.
    const int LongestLine = 4096;

    readonly Socket socket;
    readonly Signal wake;
    readonly bool mayRefuse;
    readonly Task watch;
    volatile RefusedException? refusal;
    volatile bool closed;

    StreamConnection(Socket socket, Signal wake)
    {
        this.socket = socket;
        this.wake = wake;
        // A unix socket says with its file's mode who may come.
        mayRefuse = socket.AddressFamily != AddressFamily.Unix;
        watch = WatchAsync();
    }

    public static async Task<Connection> ConnectAsync(Socket socket, EndPoint server, GodotClientOptions options, Signal wake,
        CancellationToken stop)
    {
        using CancellationTokenSource late = new(options.ConnectTimeout, options.TimeProvider);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            await socket.ConnectAsync(server, end.Token).ConfigureAwait(false);
            return new StreamConnection(socket, wake);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is OperationCanceledException && late.IsCancellationRequested && !stop.IsCancellationRequested)
                throw new TimeoutException($"{server} did not accept a connection within {options.ConnectTimeout}.", e);
            throw;
        }
    }

    public override bool IsClosed => closed;

    public override int Portion(ReadOnlySpan<byte> lines) => lines.Length;

    public override RefusedException? Refusal => refusal;

    public override async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> portion, CancellationToken stop)
    {
        try
        {
            while (!portion.IsEmpty)
            {
                int written = await socket.SendAsync(portion, SocketFlags.None, stop).ConfigureAwait(false);
                portion = portion[written..];
            }
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is broken. What the server said before explains more than how the write ended.
            Shut(SocketShutdown.Both);
            await watch.ConfigureAwait(false);
            if (refusal is not null) throw refusal;
            // We closed it ourselves then, because the server had.
            if (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
                throw new IOException(Closed, e);
            throw;
        }
    }

    public override async Task StandAsync(TimeSpan time, TimeProvider clock, CancellationToken stop)
    {
        if (mayRefuse && await watch.EndsWithinAsync(time, clock, stop).ConfigureAwait(false)) throw refusal ?? new IOException(Closed);
    }

    public override Task FinishAsync(TimeSpan time, TimeProvider clock)
    {
        Shut(SocketShutdown.Send);
        return mayRefuse ? watch.EndsWithinAsync(time, clock, CancellationToken.None) : Task.CompletedTask;
    }

    // Not with a reset, which a receive or a write that is cut off would make of it: what the system has taken it still delivers.
    public override void Dispose()
    {
        Shut(SocketShutdown.Send);
        socket.Dispose();
    }

    void Shut(SocketShutdown what)
    {
        try
        {
            socket.Shutdown(what);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is broken, or closed already.
        }
    }

    // A server writes nothing, but to whom it does not let in: one line that says why. It comes before anything was read.
    async Task WatchAsync()
    {
        byte[] told = new byte[LongestLine];
        int length = 0;
        try
        {
            while (refusal is null)
            {
                // What comes behind the first line, or does not fit, is nobody's.
                bool ignored = length == told.Length;
                int read = await socket.ReceiveAsync(ignored ? told : told.AsMemory(length), SocketFlags.None).ConfigureAwait(false);
                if (!ignored) refusal = RefusalIn(told.AsSpan(0, length += read), ended: read == 0);
                if (read == 0) break;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Broken, or closed by us.
        }
        closed = true;
        // A write that a dead server holds up ends too.
        socket.Dispose();
        wake.Set();
    }

    static RefusedException? RefusalIn(ReadOnlySpan<byte> told, bool ended)
    {
        int end = told.IndexOf((byte)'\n');
        if (told.IsEmpty || end < 0 && !ended) return null;
        Utf8JsonReader json = new(end < 0 ? told : told[..end]);
        try
        {
            return JsonDocument.TryParseValue(ref json, out JsonDocument? line) && Sentence(line) is { Length: > 0 } sentence
                ? new RefusedException(PlainText.Printable(sentence))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Another protocol's greeting, or no text.
            return null;
        }
    }

    static string? Sentence(JsonDocument line)
    {
        using (line)
        {
            return line.RootElement.ValueKind == JsonValueKind.Object
                && line.RootElement.TryGetProperty("error"u8, out JsonElement error)
                && error.ValueKind == JsonValueKind.String
                ? error.GetString()
                : null;
        }
    }
}
