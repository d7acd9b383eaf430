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

    public static Incident Incident => new()
    {
        Id = "0123456789abcdef0123456789abcdef",
        Reactor = "cpu-rule",
        Step = "alert",
        Key = [new("host", "app"), new("service", "cpu")],
        Episode = 1,
        Severity = "critical",
        Opening = Hot,
        Latest = Hot,
        Opened = Time,
        Labels = new([new("team", "web")], "ann", "https://wiki.host.com/cpu?a=1&b=2"),
    };

    public static Notice Opened => new(Transition.Opened, Incident);

    public static Notice Resolved => new(Transition.Resolved, Incident with
    {
        Lasted = TimeSpan.FromMinutes(35), Ended = "recovered", Latest = Hot with { Metric = 12, Time = Time.AddMinutes(35) },
    });

    static Event Hot => new() { Host = "app", Service = "cpu", Metric = 97.5, Time = Time };

    public static Notification Alert(params Notice[] notices) =>
        new(notices[0].Incident.Reactor, [.. notices.Select(notice => notice.Incident.Latest)])
        {
            Kind = NotificationKind.Alert, Notices = notices,
        };

    public static MimeMessage Mail(IReadOnlyList<Notification> notifications, string? subject = null, string? body = null,
        TimeProvider? clock = null) =>
        new EmailText(new EmailRecipe("ops@host.com", subject, body, null), new MailboxAddress("Godot", "godot@host.com"),
            clock ?? TimeProvider.System).Write(notifications);

    /// <summary>A mail's bytes are those of a file.</summary>
    public static void IsAsItWas(MimeMessage message, string file)
    {
        message.MessageId = "1@host.com";
        ((Multipart)message.Body!).Boundary = "boundary";
        using MemoryStream bytes = new();
        message.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Unix }, bytes, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Email", file)),
            System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }
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
