using Microsoft.Extensions.Logging;

namespace Godot;

/// <summary>Keeps the first exception of a stage that the engine logs, and passes everything on to the user's loggers.</summary>
sealed class FailureLog(ILoggerFactory inner) : ILoggerFactory
{
    volatile Failure? first;

    public Failure? First => first;

    /// <summary>The test asked for what was lost so far: the next failure is the first again.</summary>
    public void Forget() => first = null;

    public ILogger CreateLogger(string categoryName) => new Logger(this, inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The user's loggers are the user's.
    public void Dispose()
    {
    }

    void Keep(object? state, Exception thrown)
    {
        if (first is null && state is IEnumerable<KeyValuePair<string, object?>> values
            && values.FirstOrDefault(value => value.Key == "Stage").Value is string stage)
            first = new Failure(stage, thrown);
    }

    public sealed record Failure(string Stage, Exception Thrown);

    sealed class Logger(FailureLog failures, ILogger inner) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error || inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (exception is not null) failures.Keep(state, exception);
            if (inner.IsEnabled(logLevel)) inner.Log(logLevel, eventId, state, exception, formatter);
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);
    }
}
