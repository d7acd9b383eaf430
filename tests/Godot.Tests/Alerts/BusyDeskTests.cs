using Godot.Alerting;

namespace Godot.Tests;

/// <summary>No pass waits for what is decided.</summary>
public sealed class BusyDeskTests
{
    static Event Bad(int i) => new() { Host = $"h{i}", Service = "cpu", State = "critical" };

    // As a disk that does not answer.
    sealed class SlowStore(Task mayCommit) : IAlertStore
    {
        readonly MemoryStore store = new();

        public TaskCompletionSource IsCommitting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Kept Load() => store.Load();

        public KeptKey KeyOf(string key) => store.KeyOf(key);

        public void Commit(Decisions decisions)
        {
            IsCommitting.TrySetResult();
            mayCommit.Wait(TimeSpan.FromMinutes(1));
            store.Commit(decisions);
        }

        public IReadOnlyList<KeptMessage> Outbox() => store.Outbox();

        public IReadOnlyList<LedgerLine> Ledger(LedgerQuery query) => store.Ledger(query);
    }

    [Fact]
    public async Task Ten_thousand_incidents_open_while_the_store_does_not_answer()
    {
        TaskCompletionSource mayCommit = new();
        SlowStore store = new(mayCommit.Task);
        await using Engine engine = new(new EngineOptions { Store = store });
        engine.Add(Reactor.Where("service", "cpu").Alert(), "cpu");
        engine.Feed(Bad(0));
        await store.IsCommitting.Task.WaitAsync(TestContext.Current.CancellationToken);
        // With a turn that cannot end, these would never return if they waited for it.
        for (int i = 1; i <= 10_000; i++) engine.Feed(Bad(i));
        mayCommit.SetResult();
        await engine.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(10_001, engine.Ledger(new() { What = "opened critical", Limit = int.MaxValue }).Count);
    }

    // What a group of many costs: each member twice or so, not each as often as there are members.
    [Fact]
    public void A_group_of_ten_thousand_is_told_in_one_message_and_ends_in_another()
    {
        AlertTest test = Alerts.Test(engine => engine.Add(Reactor.Where("service", "cpu").Alert()
            .Notify(Pager.Of("ops").Group("service", wait: TimeSpan.FromSeconds(30)).Repeat(TimeSpan.FromHours(1))), "cpu"));
        test.GivenTogether([.. Enumerable.Range(0, 10_000).Select(Bad)]).After(seconds: 30);
        Assert.Equal(10_000, Assert.Single(test.AllTold).Notification.Notices.Count);
        test.After(hours: 1).GivenTogether([.. Enumerable.Range(0, 10_000).Select(i => Bad(i) with { State = "ok" })]);
        Assert.Equal(3, test.AllTold.Count);
        Assert.Equal(10_000, test.AllTold[^1].Notification.Notices.Count);
    }
}
