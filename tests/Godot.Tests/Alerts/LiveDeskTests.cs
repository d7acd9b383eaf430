using System.Collections.Concurrent;

namespace Godot.Tests;

/// <summary>What a live engine's desk goes on with, on a thread of its own.</summary>
public sealed class LiveDeskTests : IDisposable
{
    static readonly Event Bad = new() { Host = "app", Service = "cpu", State = "critical" }, Ok = Bad with { State = "ok" };

    readonly FailingStore store = new();
    readonly LogLines log = new();

    public void Dispose() => log.Dispose();

    // An output that keeps what it got.
    sealed record Inbox : OutputRecipe, IOutput
    {
        public BlockingCollection<Notification> Got { get; } = [];

        public override string Name => "inbox";

        public override bool TellsPeople => !IsProgram;

        public bool IsProgram { get; init; }

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken)
        {
            foreach (Notification notification in notifications) Got.Add(notification, cancellationToken);
            return Task.CompletedTask;
        }

        public Notice Next() => Got.TryTake(out Notification? next, TimeSpan.FromSeconds(30))
            ? next.Notices[0] : throw new TimeoutException("Nothing came.");
    }

    Engine New(AlertReactor alert)
    {
        Engine engine = new(new EngineOptions { Store = store, LoggerFactory = log });
        engine.Add(alert, "cpu");
        return engine;
    }

    [Fact]
    public async Task A_store_that_fails_is_logged_and_counted_and_alerts_go_on()
    {
        Inbox inbox = new();
        await using Engine engine = New(Reactor.Where("service", "cpu").Alert().To(inbox));
        store.Fails = true;
        engine.Feed(Bad);
        Assert.Equal(Transition.Opened, inbox.Next().Transition);
        engine.Feed(Ok);
        Assert.Equal(Transition.Resolved, inbox.Next().Transition);
        Assert.InRange(engine.Alerts.StoreFailures, 1, 2);
        store.Fails = false;
        await engine.StopAsync(TestContext.Current.CancellationToken);
        Assert.Contains(store.Ledger(new()), line => line.What == "opened critical");
        Assert.Contains(log.Lines, line => line.Contains("The store does not take", StringComparison.Ordinal));
    }

    sealed record Full : OutputRecipe, IOutput
    {
        public override string Name => "full";

        public override IOutput Open(OutputContext context) => this;

        public Task SendAsync(IReadOnlyList<Notification> notifications, CancellationToken cancellationToken) =>
            throw new UndeliverableException("There is no such mailbox.");
    }

    [Fact]
    public async Task What_an_output_refuses_for_good_goes_to_the_fallback()
    {
        Inbox inbox = new();
        await using Engine engine = New(Reactor.Where("service", "cpu").Alert().Notify(Policy.To(new Full()).Fallback(Policy.To(inbox))));
        engine.Feed(Bad);
        Assert.Equal("opened critical cpu app", inbox.Next().Title);
        Assert.Equal("There is no such mailbox.", Assert.Single(engine.Ledger(new() { What = "refused" })).Because);
    }

    [Fact]
    public async Task A_silence_holds_events_back_from_who_is_told_and_not_from_programs()
    {
        Inbox people = new(), programs = new() { IsProgram = true };
        await using Engine engine = new();
        engine.Add(Reactor.Where("service", "cpu").To(people), "people");
        engine.Add(Reactor.Where("service", "cpu").To(programs), "programs");
        engine.Silence(Query.Parse("host = \"app\""), by: "ann", time: TimeSpan.FromHours(1), command: "1");
        engine.Feed(Bad);
        engine.Feed(Bad with { Host = "web" });
        engine.EndSilence("1", by: "ann");
        engine.Feed(Ok);
        await engine.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["web", "app"], people.Got.Select(got => got.Events[0].Host));
        Assert.Equal(3, programs.Got.Count);
        Assert.Contains(engine.Ledger(), line => line is { What: "not told", Name: "people" });
    }

    [Fact]
    public async Task A_text_that_never_returns_holds_up_neither_other_alerts_nor_commands()
    {
        using ManualResetEventSlim never = new();
        Inbox inbox = new(), other = new();
        await using Engine engine = New(Reactor.Where("service", "cpu").Alert(text: _ =>
        {
            never.Wait(TestContext.Current.CancellationToken);
            return "";
        }).To(inbox));
        engine.Add(Reactor.Where("service", "db").Alert().To(other), "db");
        for (int i = 0; i < 100; i++) engine.Feed(Bad with { Host = $"h{i}" });
        engine.Feed(Bad with { Service = "db" });
        Assert.Equal("opened critical db app", other.Next().Title);
        Assert.Equal(100, engine.Acknowledge("cpu", by: "ann").Count);
        Assert.Contains("it took longer than 1 s", inbox.Next().Text, StringComparison.Ordinal);
        Assert.Contains("it has not returned since", inbox.Next().Text, StringComparison.Ordinal);
        Assert.Equal(100, engine.Ledger(new() { What = "text failed" }).Count);
        never.Set();
    }
}
