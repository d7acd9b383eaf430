using Microsoft.Extensions.Logging;

namespace Godot.Common;

/// <summary>
/// A logger that never throws. Those of the framework pass on what their sink throws (a full disk, a closed pipe), and that must not end a
/// lane or an input.
/// </summary>
sealed class SafeLog(ILogger log) : ILogger
{
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return log.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        try
        {
            log.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
        }
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
}

static class SafeLogs
{
    public static ILogger CreateSafeLogger(this ILoggerFactory loggers, string category) => new SafeLog(loggers.CreateLogger(category));
}
