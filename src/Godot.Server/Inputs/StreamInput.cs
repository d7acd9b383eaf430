using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>Accepts connections, each a stream of JSON lines, and ends those that are silent too long.</summary>
abstract partial class StreamInput : Input
{
    // Accepting goes on after a pause when the process has no more file descriptors, rather than spinning.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    readonly ConcurrentDictionary<Connection, Task> connections = [];
    readonly CancellationTokenSource stop = new();
    InputContext context = null!;
    Socket listener = null!;
    RejectLog rejects = null!;
    Task accepting = Task.CompletedTask;
    ITimer? sweep;

    protected abstract Socket Listen();

    protected abstract void Prepare(Socket connection);

    public sealed override void Bind(InputContext context)
    {
        this.context = context;
        rejects = new RejectLog(this, context.Log, context.Clock);
        listener = Listen();
    }

    public sealed override void Run()
    {
        accepting = AcceptAsync();
        TimeSpan idle = context.Options.IdleTimeout;
        if (idle != Timeout.InfiniteTimeSpan) sweep = context.Clock.CreateTimer(_ => CloseIdle(idle), null, idle / 4, idle / 4);
    }

    public sealed override async Task StopAsync()
    {
        if (listener is null) return;
        await stop.CancelAsync().ConfigureAwait(false);
        await accepting.ConfigureAwait(false);
        listener.Dispose();
        if (sweep is not null) await sweep.DisposeAsync().ConfigureAwait(false);

        foreach (Connection connection in connections.Keys) connection.Finish();
        await using CancellationTokenRegistration abort = context.Abandon.Register(() =>
        {
            foreach (Connection connection in connections.Keys) connection.Abort();
        }).ConfigureAwait(false);
        await Task.WhenAll(connections.Values).ConfigureAwait(false);
    }

    async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Take(await listener.AcceptAsync(stop.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException e)
            {
                if (context.Connections.Warning.Pass()) AcceptFailed(context.Log, Name, e.Message);
                await Task.Delay(Pause, context.Clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        TakeWaiting();
    }

    // Who connected before the stop, and may have sent and gone, is still heard.
    void TakeWaiting()
    {
        try
        {
            while (listener.Poll(TimeSpan.Zero, SelectMode.SelectRead)) Take(listener.Accept());
        }
        catch (SocketException)
        {
            // The peer did not wait.
        }
    }

    void Take(Socket socket)
    {
        if (!context.Connections.TryEnter())
        {
            socket.Dispose();
            Counters.CountRefused();
            if (context.Connections.Warning.Pass()) ConnectionRefused(context.Log, Name, context.Connections.Most, Counters.Refused);
            return;
        }
        Counters.CountOpened();
        Connection connection = new(socket, new EventFeed(context, Counters, rejects), context);
        // Registered before it runs, so that it finds itself when it ends.
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        connections[connection] = ended.Task;
        _ = ServeAsync(connection, socket, ended);
    }

    async Task ServeAsync(Connection connection, Socket socket, TaskCompletionSource ended)
    {
        try
        {
            Prepare(socket);
            await connection.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Nothing from one connection ends another or the process.
            connection.Abort();
            ConnectionFailed(context.Log, e, Name);
        }
        finally
        {
            context.Connections.Leave();
            Counters.CountClosed();
            connections.TryRemove(connection, out _);
            ended.SetResult();
        }
    }

    void CloseIdle(TimeSpan idle)
    {
        foreach (Connection connection in connections.Keys)
        {
            if (connection.Silence < idle) continue;
            Counters.CountIdle();
            connection.Finish();
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Input} cannot accept connections at the moment, and tries again: {Reason}")]
    static partial void AcceptFailed(ILogger log, string input, string reason);

    [LoggerMessage(LogLevel.Warning, "{Input} closed a new connection because {Most} are open, the most that are allowed; {Count} so far")]
    static partial void ConnectionRefused(ILogger log, string input, int most, long count);

    [LoggerMessage(LogLevel.Error, "{Input} closed a connection because of an error of ours")]
    static partial void ConnectionFailed(ILogger log, Exception e, string input);
}
