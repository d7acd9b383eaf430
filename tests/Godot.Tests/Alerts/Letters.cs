using System.Collections.Concurrent;
using System.Text;
using Godot.Alerting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Tests;

/// <summary>Messages to somebody, kept until they are delivered; whoever gets them does what the test says.</summary>
sealed record Letters(string Who, TimeSpan Gather) : OutputRecipe, IMessageOutput
{
    public override string Name => "letters";

    public override string ChannelName => $"letters:{Who}";

    public override bool IsDurable => true;

    public override TimeSpan Interval => Gather;

    public override int Capacity => Room;

    public int Room { get; init; } = 10_000;

    /// <summary>What has been received, in order; what came twice stands there twice.</summary>
    public ConcurrentQueue<(string Id, string Text)> Received { get; init; } = [];

    /// <summary>What happens in an attempt before the message is received; what it throws, the sender sees.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens after that.</summary>
    public Func<CancellationToken, Task> After { get; set; } = _ => Task.CompletedTask;

    public int Attempts { get; private set; }

    public IEnumerable<string> Texts => Received.Select(one => one.Text);

    public OutgoingMessage Compose(IReadOnlyList<Notification> notifications, string id)
    {
        IEnumerable<string> titles = notifications.SelectMany(one => one.Notices.Count > 0
            ? one.Notices.Select(notice => notice.Title + (notice.OpeningMessage is { } opening ? $" re {opening}" : ""))
            : one.Events.Select(e => $"{e.Service} {e.State}"));
        return new OutgoingMessage(id, Encoding.UTF8.GetBytes(string.Join("; ", titles)));
    }

    public async Task DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        Attempts++;
        await Before(cancellationToken);
        Received.Enqueue((message.Id, Encoding.UTF8.GetString(message.Content)));
        await After(cancellationToken);
    }

    public override IOutput Open(OutputContext context) => this;

    public bool Equals(Letters? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => 0;
}

/// <summary>An engine over a store, that may crash and start again; time passes while something is waited for.</summary>
sealed class Mailroom(IAlertStore store, Action<Engine> rules, ILoggerFactory? log = null) : IAsyncDisposable
{
    public static readonly Event Bad = new() { Host = "app", Service = "cpu", State = "critical" }, Ok = Bad with { State = "ok" };

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public Engine Engine { get; private set; } = null!;

    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(3);

    public IEnumerable<string> Ledger =>
        Engine.Ledger(new() { Limit = 10_000 }).Select(line => line.ToString()["2025-01-01 00:00:00 ".Length..]);

    public Mailroom Start()
    {
        Engine = new Engine(new EngineOptions
        {
            Store = store, TimeProvider = Clock, GiveUpAfter = GiveUpAfter, LoggerFactory = log ?? NullLoggerFactory.Instance,
        });
        rules(Engine);
        return this;
    }

    public Mailroom Given(params ReadOnlySpan<Event> events)
    {
        foreach (Event e in events) Engine.Feed(e);
        return this;
    }

    /// <summary>Lets time go by, a second at a time, until something is so.</summary>
    public async Task<Mailroom> Until(Func<bool> isSo, TimeSpan? step = null)
    {
        DateTime late = DateTime.UtcNow.AddSeconds(60);
        while (!isSo())
        {
            if (DateTime.UtcNow > late) Assert.Fail($"It did not come about. The ledger says:\n{string.Join('\n', Ledger)}");
            Clock.Advance(step ?? TimeSpan.FromSeconds(1));
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
        return this;
    }

    public Task<Mailroom> Delivered() => Until(() => Engine.Outbox.Count == 0);

    /// <summary>Waits in real time, in which none passes here.</summary>
    public static async Task Eventually(Func<bool> isSo)
    {
        DateTime late = DateTime.UtcNow.AddSeconds(60);
        while (!isSo())
        {
            Assert.True(DateTime.UtcNow < late, "It did not come about.");
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    public Mailroom Crash()
    {
        Engine.Abandon();
        return Start();
    }

    public Task Stop() => Engine.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await Engine.DisposeAsync();
}
