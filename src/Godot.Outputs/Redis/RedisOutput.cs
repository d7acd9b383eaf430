using Godot.Common;
using StackExchange.Redis;

namespace Godot;

/// <summary>Calls the function for each event. What cannot be written because the server is away is tried again.</summary>
sealed class RedisOutput(RedisRecipe redis) : IOutput, IAsyncDisposable
{
    ConnectionMultiplexer? connection;

    // A write that took longer than a send may; the next attempt waits for the same one, and does not begin it again.
    Event? unanswered;
    Task write = Task.CompletedTask;

    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        connection ??= await ConnectionMultiplexer.ConnectAsync(redis.Options()).WaitAsync(stop).ConfigureAwait(false);
        foreach (Event e in notifications.SelectMany(notification => notification.Events))
        {
            try
            {
                if (!ReferenceEquals(unanswered, e)) write = redis.Write(connection.GetDatabase(), e);
                unanswered = e;
                await write.WaitAsync(stop).ConfigureAwait(false);
                unanswered = null;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception thrown) when (thrown is RedisConnectionException or RedisTimeoutException)
            {
                unanswered = null;
                throw new IOException($"Redis at {redis.Servers} cannot be reached: {PlainText.Line(thrown.Message)}", thrown);
            }
            // It would throw again; what waits behind must not wait for it.
            catch (Exception thrown) when (thrown is not OperationCanceledException)
            {
                unanswered = null;
                throw new UndeliverableException($"Writing to Redis at {redis.Servers} failed: {thrown.GetType().Name}: {PlainText.Line(thrown.Message)}", thrown);
            }
        }
    }

    public ValueTask DisposeAsync() => connection?.DisposeAsync() ?? default;
}
