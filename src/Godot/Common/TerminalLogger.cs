using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Godot.Common;

/// <summary>
/// Logs of a program without loggers of its own: one line each, time, level, message; on a terminal a warning is yellow and an error red.
/// What came from outside cannot do anything to the terminal.
/// </summary>
sealed class TerminalLogger(TextWriter output, TimeProvider clock, bool coloured, LogLevel least = LogLevel.Information) : ILoggerFactory,
    ILogger
{
    readonly Lock gate = new();

    /// <summary>Warnings and errors on the standard error output: what nobody may miss who has not said where to log.</summary>
    public static TerminalLogger Warnings(TimeProvider clock) =>
        new(BackgroundWriter.Of(System.Console.Error), clock, Colourful(System.Console.IsErrorRedirected), LogLevel.Warning);

    /// <summary>Colours are for terminals, unless somebody asked for none (https://no-color.org).</summary>
    public static bool Colourful(bool redirected) =>
        !redirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Microsoft.", StringComparison.Ordinal) ? new Quiet(this) : this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        (string word, string colour) = logLevel switch
        {
            LogLevel.Information => ("info", ""),
            LogLevel.Warning => ("warn", "\e[33m"),
            _ => ("error", "\e[31m"),
        };
        string time = clock.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string message = PlainText.Printable(formatter(state, exception));
        StringBuilder lines = new(coloured && colour != "" ? $"{time} {colour}{word,-5}\e[0m {message}" : $"{time} {word,-5} {message}");
        // An exception's lines stand indented below, each of them made harmless too.
        foreach (string more in exception?.ToString().ReplaceLineEndings("\n").Split('\n') ?? [])
            lines.AppendLine().Append("    ").Append(PlainText.Printable(more));
        lock (gate)
        {
            output.WriteLine(lines.ToString());
            output.Flush();
        }
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("The terminal is the only place that this logs to.");

    public void Dispose()
    {
    }

    /// <summary>Of the libraries below, only what is a warning or worse.</summary>
    sealed class Quiet(ILogger all) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && all.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) all.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
