using System.Net;
using System.Net.Sockets;
using Godot.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>
/// Accepts HTTP connections for Kestrel, no more than there may be. Kestrel's own limit looks at a connection after it was accepted and
/// when a thread is free, and without file descriptors it accepts on and on: by then the process has run out of them, and ends.
/// </summary>
sealed partial class HttpDoor(Port port, Socket[] sockets, int most, GodotServerOptions server) : IConnectionListenerFactory, IDisposable
{
    // Of those who may not ask, so many are answered at once.
    const int Strangers = 16, Backlog = 512;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly ILogger log = server.Engine.LoggerFactory.CreateSafeLogger("Godot.Server");
    readonly Visitors visitors = new(port, server.IsThisMachine);
    readonly ConnectionLimit guests = new(most, server.Engine.TimeProvider), strangers = new(Strangers, server.Engine.TimeProvider);
    readonly SocketConnectionContextFactory contexts =
        new(new SocketConnectionFactoryOptions(), server.Engine.LoggerFactory.CreateSafeLogger("Godot.Server.Http"));
    readonly OncePerMinute warning = new(server.Engine.TimeProvider);
    long refused;

    /// <summary>Connections that are open.</summary>
    public int Open => guests.Open + strangers.Open;

    /// <summary>Connections that were closed because there were too many.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Why the peer of a connection may not ask; null if it may.</summary>
    public string? Refusal(IPAddress? peer) => peer is null || visitors.MayCome(peer) ? null : visitors.Refusal(peer);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Socket socket = Array.Find(sockets, s => endpoint.Equals(s.LocalEndPoint))!;
        try
        {
            socket.Listen(Backlog);
        }
        catch (SocketException e)
        {
            throw BindAddress.Refusal(port, e);
        }
        return ValueTask.FromResult<IConnectionListener>(new Listener(this, socket));
    }

    /// <summary>Around the life of each connection that was accepted.</summary>
    public static async Task ServeAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            connection.Features.Get<Visit>()?.Among.Leave();
        }
    }

    public void Dispose()
    {
        foreach (Socket socket in sockets) socket.Dispose();
        contexts.Dispose();
    }

    async ValueTask<ConnectionContext?> AcceptAsync(Socket listening, CancellationToken cancelled)
    {
        while (true)
        {
            try
            {
                if (Admit(await listening.AcceptAsync(cancelled).ConfigureAwait(false)) is { } connection) return connection;
            }
            catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException
                or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (Exception e)
            {
                if (warning.Pass()) AcceptFailed(log, port.Name, e.Message);
                await Task.Delay(Pause, TimeProvider.System, cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    ConnectionContext? Admit(Socket socket)
    {
        ConnectionLimit? among = null;
        try
        {
            ConnectionLimit limit = Refusal((socket.RemoteEndPoint as IPEndPoint)?.Address) is null ? guests : strangers;
            if (limit.TryEnter())
            {
                among = limit;
                socket.NoDelay = true;
                ConnectionContext connection = contexts.Create(socket);
                connection.Features.Set(new Visit(limit));
                return connection;
            }
            Interlocked.Increment(ref refused);
            if (limit == guests && guests.Warning.Pass()) TooMany(log, port.Name, most, Refused);
            socket.Dispose();
            return null;
        }
        catch
        {
            among?.Leave();
            socket.Dispose();
            throw;
        }
    }

    sealed class Listener(HttpDoor door, Socket socket) : IConnectionListener
    {
        public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            door.AcceptAsync(socket, cancellationToken);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => DisposeAsync();

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    sealed record Visit(ConnectionLimit Among);

    [LoggerMessage(LogLevel.Warning, "{Input} closed a new connection because {Most} are open, the most that are allowed; {Count} so far")]
    static partial void TooMany(ILogger log, string input, int most, long count);

    [LoggerMessage(LogLevel.Warning, "{Input} cannot accept connections at the moment, and tries again: {Reason}")]
    static partial void AcceptFailed(ILogger log, string input, string reason);
}
