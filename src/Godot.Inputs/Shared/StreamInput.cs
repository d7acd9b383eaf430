using System.Collections.Concurrent;
using System.Net.Sockets;
using Godot.Runtime;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>Accepts connections, each a stream of its own, and ends those that are silent too long.</summary>
abstract partial class StreamInput(Func<EventDecoder> decoder) : Input(decoder)
{
    // Accepting goes on after a pause when the process has no more file descriptors, rather than spinning.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A stop takes a stream for read when nothing has come for so long. What is on its way needs a moment: the sender's kernel sends on
    // when ours has room again.
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);
    const int Looks = 10;

    // Of the time that a stop may take: for counting what it could not run.
    const double Counting = 0.1;

    readonly ConcurrentDictionary<Connection, Task> connections = [];
    InputContext context = null!;
    RejectLog rejects = null!;
    Socket? listener;

    protected abstract Socket Listen(InputContext context);

    /// <summary>True: the peer may not send, and the connection is no longer ours to serve.</summary>
    protected virtual bool Refuse(Socket connection) => false;

    protected abstract void Prepare(Socket connection);

    public sealed override void Bind(InputContext context)
    {
        this.context = context;
        rejects = new RejectLog(this, context.Log, context.Clock);
        listener = Listen(context);
    }

    public sealed override async Task RunAsync()
    {
        TimeSpan idle = context.Options.IdleTimeout;
        // A timer of the system takes no more than 49 days.
        TimeSpan often = idle == Timeout.InfiniteTimeSpan ? idle : TimeSpan.FromTicks(Math.Min(idle.Ticks / 4, TimeSpan.TicksPerDay));
        using (context.Clock.CreateTimer(_ => CloseIdle(idle), null, often, often)) await AcceptAsync(listener!).ConfigureAwait(false);
        listener!.Dispose();

        Task ended = Task.WhenAll(connections.Values);
        using CancellationTokenSource over = new();
        Task looking = FinishQuietAsync(ended, over.Token);
        await ended.WaitAsync(context.Abandon).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // What is abandoned is still read, to be counted as dropped; but a sender that never pauses would keep us at it for ever.
        await ended.WaitAsync(context.Options.StopTimeout * Counting, context.Clock, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.CancelAsync().ConfigureAwait(false);
        await looking.ConfigureAwait(false);
        ForEach(connection =>
        {
            Counters.AddLeft(connection.Unread);
            connection.Abort();
        });
        await ended.ConfigureAwait(false);
    }

    // A sender that has closed has sent it all only when its stream has ended: its kernel may hold more than ours. One that stays connected
    // does not say when that is.
    async Task FinishQuietAsync(Task ended, CancellationToken over)
    {
        while (!ended.IsCompleted && !over.IsCancellationRequested)
        {
            await Task.WhenAny(ended, Task.Delay(Look, TimeProvider.System, over)).ConfigureAwait(false);
            ForEach(connection =>
            {
                if (connection.LookAgain() >= Looks) connection.Finish();
            });
        }
    }

    public sealed override void Dispose() => listener?.Dispose();

    async Task AcceptAsync(Socket listener)
    {
        while (!context.Stopping.IsCancellationRequested)
        {
            try
            {
                TryTake(await listener.AcceptAsync(context.Stopping).ConfigureAwait(false));
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
        while (!context.Abandon.IsCancellationRequested)
        {
            try
            {
                if (!listener.Poll(TimeSpan.Zero, SelectMode.SelectRead)) return;
                TryTake(listener.Accept());
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // The peer did not wait; the next one may.
            }
            catch (SocketException e)
            {
                if (context.Connections.Warning.Pass()) AcceptFailed(context.Log, Name, e.Message);
                return;
            }
        }
    }

    // Whatever is wrong with one connection, or missing for it, the next is taken.
    void TryTake(Socket socket)
    {
        try
        {
            Take(socket);
        }
        catch (Exception e)
        {
            socket.Dispose();
            Counters.CountRefused();
            if (context.Connections.Warning.Pass()) ConnectionFailed(context.Log, e, Name);
        }
    }

    void Take(Socket socket)
    {
        if (Refuse(socket)) return;
        if (!context.Connections.TryEnter())
        {
            Counters.CountRefused();
            if (context.Connections.Warning.Pass()) ConnectionRefused(context.Log, Name, context.Connections.Most, Counters.Refused);
            socket.Dispose();
            return;
        }
        Connection connection;
        Backlog backlog = context.Backlogs.Open(Name);
        try
        {
            socket.Blocking = false;
            connection = new(socket, this, context, rejects, backlog);
        }
        catch
        {
            backlog.Dispose();
            context.Connections.Leave();
            throw;
        }
        Counters.CountOpened();
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
            connection.Close();
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
