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
    InputContext context = null!;
    RejectLog rejects = null!;
    Socket? listener;

    protected abstract Socket Listen();

    protected abstract void Prepare(Socket connection);

    public sealed override void Bind(InputContext context)
    {
        this.context = context;
        rejects = new RejectLog(this, context.Log, context.Clock);
        listener = Listen();
    }

    public sealed override async Task RunAsync()
    {
        TimeSpan idle = context.Options.IdleTimeout;
        // A timer of the system takes no more than 49 days.
        TimeSpan often = idle == Timeout.InfiniteTimeSpan ? idle : TimeSpan.FromTicks(Math.Min(idle.Ticks / 4, TimeSpan.TicksPerDay));
        using (context.Clock.CreateTimer(_ => CloseIdle(idle), null, often, often)) await AcceptAsync(listener!).ConfigureAwait(false);
        listener!.Dispose();

        ForEach(connection => connection.Finish());
        Task ended = Task.WhenAll(connections.Values);
        await ended.WaitAsync(context.Abandon).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // What is abandoned is still read, to be counted as dropped; but a sender that never pauses would keep us at it for ever.
        await ended.WaitAsync(context.Options.StopTimeout * ServerRun.Reading, context.Clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ForEach(connection => connection.Abort());
        await ended.ConfigureAwait(false);
    }

    public sealed override void Dispose() => listener?.Dispose();

    async Task AcceptAsync(Socket listener)
    {
        while (!context.Stopping.IsCancellationRequested)
        {
            try
            {
                Take(await listener.AcceptAsync(context.Stopping).ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException e)
            {
                if (context.Connections.Warning.Pass()) AcceptFailed(context.Log, Name, e.Message);
                await Task.Delay(Pause, context.Clock, context.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        TakeWaiting(listener);
    }

    // Who connected before the stop, and may have sent and gone, is still heard.
    void TakeWaiting(Socket listener)
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
            Counters.CountRefused();
            if (context.Connections.Warning.Pass()) ConnectionRefused(context.Log, Name, context.Connections.Most, Counters.Refused);
            socket.Dispose();
            return;
        }
        Counters.CountOpened();
        socket.Blocking = false;
        Connection connection = new(socket, new EventFeed(context, Counters, rejects), context.Backlogs.Open(Name), context);
        // Registered before it runs, so that it finds itself when it ends.
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        connections[connection] = ended.Task;
        _ = ServeAsync(connection, socket, ended);
    }

    async Task ServeAsync(Connection connection, Socket socket, TaskCompletionSource ended)
    {
        // Never on the accepting thread: while a sender does not pause, nothing in here waits.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
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

    void CloseIdle(TimeSpan idle) => ForEach(connection =>
    {
        if (connection.Silence < idle) return;
        Counters.CountIdle();
        connection.Finish();
    });

    void ForEach(Action<Connection> action)
    {
        foreach (Connection connection in connections.Keys) action(connection);
    }

    [LoggerMessage(LogLevel.Warning, "{Input} cannot accept connections at the moment, and tries again: {Reason}")]
    static partial void AcceptFailed(ILogger log, string input, string reason);

    [LoggerMessage(LogLevel.Warning, "{Input} closed a new connection because {Most} are open, the most that are allowed; {Count} so far")]
    static partial void ConnectionRefused(ILogger log, string input, int most, long count);

    [LoggerMessage(LogLevel.Error, "{Input} closed a connection because of an error of ours")]
    static partial void ConnectionFailed(ILogger log, Exception e, string input);
}
