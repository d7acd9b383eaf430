using Godot.Common;
using StackExchange.Redis;

namespace Godot;

/// <summary>Calls the function for each event. What cannot be written because the server is away is tried again.</summary>
sealed class RedisOutput(RedisRecipe redis) : IOutput, IAsyncDisposable
{
    ConnectionMultiplexer? connection;

    // The batch of which not all was written when an attempt failed, and how many of its events are done with: the next one goes on behind
    // them.
    Notification? begun;
    int done;

    // Why one of its events cannot be written.
    Exception? refused;

    // A write that took longer than a send may; the next attempt waits for the same one, and does not begin it again.
    Task? write;

    public async Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
    {
        connection ??= await ConnectionMultiplexer.ConnectAsync(redis.Options()).WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (Notification notification in notifications)
        {
            if (!ReferenceEquals(begun, notification)) (begun, done, refused, write) = (notification, 0, null, null);
            for (; done < notification.Events.Count; done++)
                await WriteAsync(notification.Events[done], cancellationToken).ConfigureAwait(false);
            begun = null;
            // Behind what could be written: it would be refused again, and nothing must wait for it.
            if (refused is not null)
            {
                string why = $"{refused.GetType().Name}: {PlainText.Line(refused.Message)}";
                throw new UndeliverableException($"Writing to Redis at {redis.Servers} failed: {why}", refused);
            }
        }
    }

    async Task WriteAsync(Event e, CancellationToken stop)
    {
        try
        {
            write ??= redis.Write(connection!.GetDatabase(), e);
            await write.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What the function itself gave up is begun again.
            if (!stop.IsCancellationRequested) write = null;
            throw;
        }
        catch (Exception thrown) when (thrown is RedisConnectionException or RedisTimeoutException)
        {
            write = null;
            throw new IOException($"Redis at {redis.Servers} cannot be reached: {PlainText.Line(thrown.Message)}", thrown);
        }
        catch (Exception thrown)
        {
            refused ??= thrown;
        }
        write = null;
    }

    public ValueTask DisposeAsync() => connection?.DisposeAsync() ?? default;
}
