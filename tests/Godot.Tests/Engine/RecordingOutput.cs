using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Godot.Tests;

static class Some
{
    public static Notification Notification(string reactor, string service) =>
        new(reactor, [new Event { Host = "host", Service = service }]);

    public static string[] Services(IEnumerable<Notification> notifications) =>
        [.. notifications.SelectMany(n => n.Events).Select(e => e.Service!)];
}

/// <summary>An output that remembers what it was asked to send, and when; and does what the test says.</summary>
sealed record RecordingOutput(TimeSpan Gather) : OutputRecipe, IOutput
{
    readonly Channel<(TimeSpan, string)> messages = Channel.CreateUnbounded<(TimeSpan, string)>();
    TimeProvider clock = TimeProvider.System;
    DateTimeOffset opened;

    public override string Name => "recording";
    public override TimeSpan Interval => Gather;
    public override int Capacity => Room;
    public int Room { get; init; } = 10_000;
    public override TimeSpan SendTimeout => Limit;
    public TimeSpan Limit { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>What it is to abandon is saved.</summary>
    public bool Saves { get; init; } = true;

    /// <summary>What happens in an attempt, after it was recorded.</summary>
    public Func<CancellationToken, Task> Attempt { get; set; } = _ => Task.CompletedTask;

    /// <summary>Attempts so far.</summary>
    public int Attempts { get; private set; }

    public ConcurrentQueue<string> Abandoned { get; } = [];

    /// <summary>Messages that nobody has looked at.</summary>
    public int Unread => messages.Reader.Count;

    /// <summary>The next attempt: seconds since the start, and the services of its events.</summary>
    public async Task<(double Second, string Services)> Next()
    {
        (TimeSpan at, string services) =
            await messages.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        return (at.TotalSeconds, services);
    }

    public override IOutput Open(OutputContext context)
    {
        (clock, opened) = (context.TimeProvider, context.TimeProvider.GetUtcNow());
        return this;
    }

    public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
    {
        Attempts++;
        messages.Writer.TryWrite((clock.GetUtcNow() - opened, string.Join(' ', Some.Services(notifications))));
        return Attempt(cancellationToken);
    }

    public string? Abandon(IReadOnlyList<Notification> notifications)
    {
        if (!Saves) return null;
        foreach (string service in Some.Services(notifications)) Abandoned.Enqueue(service);
        return $"Saved {notifications.Count}.";
    }

    public bool Equals(RecordingOutput? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => 0;
}

/// <summary>A log as lines, "Warning: what was said".</summary>
sealed class LogLines : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>Every line throws.</summary>
    public bool Broken { get; init; }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => NullLogger.Instance.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
        if (Broken) throw new InvalidOperationException("The log is full.");
    }

    public void Dispose()
    {
    }
}
