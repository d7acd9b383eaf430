using Godot.Common;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>Connects, writes what the buffer holds, and connects again: one loop, one connection at a time.</summary>
/// <param name="changed">Told of each step, in the loop. Must not throw.</param>
sealed partial class Uplink(Transport transport, SendBuffer buffer, GodotClientOptions options, Action<ConnectionChange> changed)
{
    // A connection that lasted this long was a good one: the next attempt begins at once. Sooner, the back-off goes on, so that a
    // server that accepts and closes is not called in a tight loop.
    static readonly TimeSpan Proven = TimeSpan.FromSeconds(1);

    readonly ILogger log = options.LoggerFactory.CreateLogger<GodotClient>();
    readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Used only by the loop.
    readonly Backoff backoff = new(options.BackoffMin, options.BackoffMax, new Random(options.Seed ?? Entropy.Seed()));
    Task pause = Task.CompletedTask;

    // The next connection must stand for a moment before anything is written: the one before was refused.
    bool careful = options.Careful;

    volatile bool connected;
    long connections;

    public bool IsConnected => connected;

    public long Reconnects => Math.Max(0, Volatile.Read(ref connections) - 1);

    /// <summary>Completes when the first connection stands, or when there will be none.</summary>
    public Task Settled => settled.Task;

    /// <summary>Runs until it is stopped, or has given up and closed the buffer. Does not throw.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenRegistration wake = stop.UnsafeRegister(static ready => ((Signal)ready!).Set(), buffer.Ready);
        try
        {
            while (await ConnectAsync(stop).ConfigureAwait(false) is { } connection)
                using (connection)
                    if (!await ServeAsync(connection, stop).ConfigureAwait(false)) break;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Asked to end; in what way the connection ends then does not matter.
        }
        settled.TrySetResult();
    }

    async Task<Connection?> ConnectAsync(CancellationToken stop)
    {
        for (int attempt = 1; ; attempt++)
        {
            await pause.ConfigureAwait(false);
            changed(new(ConnectionState.Connecting, attempt));
            try
            {
                Connection connection = await OpenAsync(stop).ConfigureAwait(false);
                Opened(attempt);
                return connection;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (attempt == options.MaxAttempts)
                {
                    GiveUp(attempt, e);
                    return null;
                }
                TimeSpan wait = backoff.Next();
                ConnectFailed(transport, attempt, e.Message, wait);
                Disconnected(new(ConnectionState.Disconnected, attempt, wait, e), stop);
            }
        }
    }

    async Task<Connection> OpenAsync(CancellationToken stop)
    {
        Connection connection = await transport.ConnectAsync(buffer.Ready, stop).ConfigureAwait(false);
        if (!careful) return connection;
        try
        {
            await connection.StandAsync(Proven, options.TimeProvider, stop).ConfigureAwait(false);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        careful = options.Careful;
        return connection;
    }

    // False: nothing comes after it.
    async Task<bool> ServeAsync(Connection connection, CancellationToken stop)
    {
        long since = options.TimeProvider.GetTimestamp(), sent = buffer.Sent;
        Exception? why = null;
        try
        {
            await WriteAsync(connection, stop).ConfigureAwait(false);
            // Whoever has just come may not know yet that nobody listened.
            if (stop.IsCancellationRequested && buffer.Sent > sent && options.TimeProvider.GetElapsedTime(since) < Proven)
                await connection.FinishAsync(options.FlushTimeout < Proven ? options.FlushTimeout : Proven, options.TimeProvider)
                    .ConfigureAwait(false);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            why = e;
        }
        finally
        {
            connected = false;
        }
        if (connection.Refusal is { } refusal)
        {
            why = refusal;
            careful = true;
            ConnectionRefused(transport, refusal.Message, buffer.Unsend(sent));
        }
        if (stop.IsCancellationRequested)
        {
            if (why is not null) changed(new(ConnectionState.Disconnected, 0, null, why));
            return false;
        }
        TimeSpan wait = backoff.Next();
        if (options.TimeProvider.GetElapsedTime(since) >= Proven)
        {
            backoff.Reset();
            wait = TimeSpan.Zero;
        }
        ConnectionBroke(transport, why?.Message ?? StreamConnection.Closed, wait);
        Disconnected(new(ConnectionState.Disconnected, 0, wait, why), stop);
        if (why is not RefusedException || !options.EndWhenRefused) return true;
        GiveUp(1, why);
        return false;
    }

    // Until the server closes, or the client is to end. What is not wholly written stays in the buffer, and is written again over the next
    // connection.
    async Task WriteAsync(Connection connection, CancellationToken stop)
    {
        while (!connection.IsClosed && !stop.IsCancellationRequested)
        {
            ReadOnlyMemory<byte> lines = buffer.Oldest();
            if (lines.IsEmpty)
            {
                await buffer.Ready.WaitAsync().ConfigureAwait(false);
                continue;
            }
            ReadOnlyMemory<byte> portion = lines[..connection.Portion(lines.Span)];
            if (await connection.WriteAsync(portion, stop).ConfigureAwait(false)) buffer.Release(portion.Span);
            else buffer.Drop(portion.Span);
        }
    }

    void Opened(int attempt)
    {
        ConnectionOpened(transport, attempt);
        Interlocked.Increment(ref connections);
        connected = true;
        buffer.Connected();
        settled.TrySetResult();
        changed(new(ConnectionState.Connected, attempt));
    }

    void Disconnected(ConnectionChange change, CancellationToken stop)
    {
        buffer.Disconnected();
        // Begins before anybody is told of it: whoever then moves a fake clock moves past it.
        pause = Task.Delay(change.RetryIn!.Value, options.TimeProvider, stop);
        changed(change);
    }

    void GiveUp(int attempts, Exception last)
    {
        GaveUp(transport, attempts, last.Message);
        buffer.Close(() => new IOException($"The client gave up on {transport} after {attempts} failed attempts: {last.Message}", last));
        changed(new(ConnectionState.GaveUp, attempts, null, last));
    }

    [LoggerMessage(1, LogLevel.Information, "Connected to {Server} at attempt {Attempt}.")]
    partial void ConnectionOpened(Transport server, int attempt);

    [LoggerMessage(2, LogLevel.Warning, "Attempt {Attempt} to connect to {Server} failed: {Reason}. The next begins in {Wait}.")]
    partial void ConnectFailed(Transport server, int attempt, string reason, TimeSpan wait);

    [LoggerMessage(5, LogLevel.Warning, "{Server} does not let this client in: {Reason} Of what was written, {Count} events are lost.")]
    partial void ConnectionRefused(Transport server, string reason, long count);

    [LoggerMessage(3, LogLevel.Warning, "The connection to {Server} broke: {Reason}. The next attempt begins in {Wait}.")]
    partial void ConnectionBroke(Transport server, string reason, TimeSpan wait);

    [LoggerMessage(4, LogLevel.Error, "Gave up on {Server} after {Attempts} failed attempts: {Reason}.")]
    partial void GaveUp(Transport server, int attempts, string reason);
}
