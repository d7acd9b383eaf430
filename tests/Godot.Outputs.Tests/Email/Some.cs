using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace Godot.Outputs.Tests;

static class Some
{
    public static readonly DateTimeOffset Time = new(2026, 8, 1, 3, 14, 15, 926, TimeSpan.Zero);

    public static Event Heartbeat => new()
    {
        Host = "app.server.com",
        Service = "app.server/health/heartbeat",
        State = "expired",
        Time = Time,
        Description = "No heartbeat for 60 s.",
        Tags = ["production", "web"],
        Meta = new Dictionary<string, MetaValue> { ["version"] = "1.2.3", ["restarts"] = 4 },
        Metric = 0.25,
        Ttl = TimeSpan.FromSeconds(15),
    };

    public static IReadOnlyList<Notification> Notification(params Event[] events) => [new("heartbeats", events)];

    public static MimeMessage Mail(IReadOnlyList<Notification> notifications, string? subject = null, string? body = null,
        TimeProvider? clock = null) =>
        new EmailText(new EmailRecipe("ops@host.com", subject, body, null), new MailboxAddress("Godot", "godot@host.com"),
            clock ?? TimeProvider.System).Write(notifications);
}

/// <summary>Services that a host would give.</summary>
sealed class Services(params object[] services) : IServiceProvider
{
    public object? GetService(Type serviceType) => Array.Find(services, serviceType.IsInstanceOfType);
}

/// <summary>All loggers as one.</summary>
sealed class LogFactory : ILoggerFactory
{
    public LogLines Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => Lines;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}

/// <summary>A log as lines.</summary>
sealed class LogLines : ILogger
{
    public List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => NullLogger.Instance.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Lines.Add($"{logLevel}: {formatter(state, exception)}");
}
