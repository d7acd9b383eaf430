using Godot.Common;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>A producer at work for one client.</summary>
sealed partial class ProducerRun : IDisposable
{
    readonly Producer producer;
    readonly GodotClient client;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly CancellationTokenSource stop;
    readonly CancellationToken stopped;
    readonly OncePerMinute failureLog;

    /// <param name="clientStop">Ends all producers.</param>
    public ProducerRun(Producer producer, GodotClient client, GodotClientOptions options, CancellationToken clientStop)
    {
        this.producer = producer;
        this.client = client;
        clock = options.TimeProvider;
        failureLog = new OncePerMinute(clock);
        log = options.LoggerFactory.CreateLogger<Producer>();
        stop = CancellationTokenSource.CreateLinkedTokenSource(clientStop);
        stopped = stop.Token;
    }

    /// <summary>Runs until it is disposed or the client ends. Does not throw.</summary>
    public async Task RunAsync()
    {
        Event template = producer.ToEvent();
        using PeriodicTimer timer = new(producer.Every, clock);
        try
        {
            while (true)
            {
                long last = clock.GetTimestamp();
                await SendAsync(template with { Time = clock.GetUtcNow() }).ConfigureAwait(false);
                // A timer that was late ticks right away for the tick that it missed, too; that one is skipped.
                do await timer.WaitForNextTickAsync(stopped).ConfigureAwait(false);
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

    async ValueTask SendAsync(Event e)
    {
        try
        {
            if ((producer.Measure is { } measure ? measure(e) : e) is { } measured)
                await client.SendAsItIsAsync(measured, stopped).ConfigureAwait(false);
        }
        catch (Exception failure) when (!stopped.IsCancellationRequested)
        {
            client.CountProducerError();
            Report(failure);
        }
    }

    void Report(Exception failure)
    {
        if (failureLog.Pass()) TickFailed(failure, producer.Host, producer.Service);
    }

    [LoggerMessage(10, LogLevel.Warning, "The producer of {Host} {Service} failed, and sent nothing this time.")]
    partial void TickFailed(Exception failure, string? host, string? service);
}
