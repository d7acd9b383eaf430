using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>A producer at work for one client.</summary>
sealed partial class ProducerRun(Producer producer, GodotClient client, GodotClientOptions options, CancellationToken clientStop) : IDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly ILogger log = options.LoggerFactory.CreateLogger<Producer>();
    readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(clientStop);
    long? logged;

    public async Task RunAsync()
    {
        Event template = producer.ToEvent();
        TimeProvider clock = options.TimeProvider;
        CancellationToken stopped = stop.Token;
        using PeriodicTimer timer = new(producer.Every, clock);
        try
        {
            while (true)
            {
                long last = clock.GetTimestamp();
                await SendAsync(template with { Time = clock.GetUtcNow() }, stopped);
                // A timer that was late ticks right away for the tick that it missed, too; that one is skipped.
                do await timer.WaitForNextTickAsync(stopped);
                while (clock.GetElapsedTime(last) < producer.Every / 2);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Removed, or the client ends.
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    async ValueTask SendAsync(Event e, CancellationToken stopped)
    {
        try
        {
            if ((producer.Measure is { } measure ? measure(e) : e) is { } measured) await client.SendAsync(measured, stopped);
        }
        catch (Exception failure) when (!stopped.IsCancellationRequested)
        {
            client.CountProducerError();
            Report(failure);
        }
    }

    void Report(Exception failure)
    {
        TimeProvider clock = options.TimeProvider;
        if (logged is { } then && clock.GetElapsedTime(then) < Minute) return;
        logged = clock.GetTimestamp();
        TickFailed(failure, producer.Host, producer.Service);
    }

    [LoggerMessage(10, LogLevel.Warning, "The producer of {Host} {Service} failed, and sent nothing this time.")]
    partial void TickFailed(Exception failure, string? host, string? service);
}
