using System.Collections.Concurrent;
using System.Net.Sockets;
using Godot.Runtime;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>Accepts connections, each a stream of its own, and ends those that are silent too long.</summary>
abstract partial class StreamInput(Func<EventDecoder>? decoder) : Input(decoder)
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
    Socket? listener;

    protected abstract Socket Listen();

    /// <summary>True: the peer may not send, and the connection is no longer ours to serve.</summary>
    protected virtual bool Refuse(Socket connection) => false;

    protected abstract void Prepare(Socket connection);

    protected internal sealed override void Open() => listener = Listen();

    protected internal sealed override async Task RunAsync(CancellationToken cancellationToken)
    {
        InputContext context = Context;
        TimeSpan idle = context.Options.IdleTimeout;
        // A timer of the system takes no more than 49 days.
        TimeSpan often = idle == Timeout.InfiniteTimeSpan ? idle : TimeSpan.FromTicks(Math.Min(idle.Ticks / 4, TimeSpan.TicksPerDay));
        using (context.Clock.CreateTimer(_ => CloseIdle(idle), null, often, often))
            await AcceptAsync(listener!, cancellationToken).ConfigureAwait(false);
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

    protected internal sealed override void Close() => listener?.Dispose();

    async Task AcceptAsync(Socket listener, CancellationToken stopping)
    {
        // While nobody can be let in, nobody is heard.
        using Backlog shut = Context.Backlogs.Open(Name);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Task<Socket> next = listener.AcceptAsync(stopping).AsTask();
                if (shut.Since != 0) await Task.WhenAny(next, Task.Delay(Pause, Context.Clock, stopping)).ConfigureAwait(false);
                // It waits for somebody, or has somebody: nothing is wrong any more.
                if (!next.IsFaulted) shut.End();
                TryTake(await next.ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException e)
            {
                shut.Arrived();
                if (Context.Connections.Warning.Pass()) AcceptFailed(Context.Log, Name, e.Message);
                await Task.Delay(Pause, Context.Clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        TakeWaiting(listener);
    }

    // Who connected before the stop, and may have sent and gone, is still heard.
    void TakeWaiting(Socket listener)
    {
        while (!Context.Abandon.IsCancellationRequested)
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
                if (Context.Connections.Warning.Pass()) AcceptFailed(Context.Log, Name, e.Message);
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
            if (Context.Connections.Warning.Pass()) ConnectionFailed(Context.Log, e, Name);
        }
    }

    void Take(Socket socket)
    {
        if (Refuse(socket)) return;
        if (!Context.Connections.TryEnter())
        {
            Counters.CountRefused();
            if (Context.Connections.Warning.Pass()) ConnectionRefused(Context.Log, Name, Context.Connections.Most, Counters.Refused);
            socket.Dispose();
            return;
        }
        Connection connection;
        Backlog backlog = Context.Backlogs.Open(Name);
        try
        {
            socket.Blocking = false;
            connection = new(socket, this, backlog);
        }
        catch
        {
            backlog.Dispose();
            Context.Connections.Leave();
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
            ConnectionFailed(Context.Log, e, Name);
        }
        finally
        {
            connection.Close();
            Context.Connections.Leave();
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
