using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>Remembers what was logged.</summary>
sealed class LogLines : ILoggerFactory, ILogger
{
    readonly ConcurrentQueue<(LogLevel Level, string Message)> lines = [];

    public IReadOnlyList<string> All => [.. lines.Select(l => l.Message)];

    public IReadOnlyList<string> Warnings => [.. lines.Where(l => l.Level == LogLevel.Warning).Select(l => l.Message)];

    public IReadOnlyList<string> Errors => [.. lines.Where(l => l.Level >= LogLevel.Error).Select(l => l.Message)];

    public ILogger CreateLogger(string categoryName) => this;
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((logLevel, formatter(state, exception) + (exception is null ? "" : $" {exception}")));
    public bool IsEnabled(LogLevel logLevel) => true;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
