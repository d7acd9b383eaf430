using Godot.Alerting;

namespace Godot.Storage;

/// <summary>What of the ledger goes, and when.</summary>
public sealed class RetentionTests : IDisposable
{
    readonly Stored stored = new();

    public void Dispose() => stored.Dispose();

    [Fact]
    public void Lines_of_ninety_days_ago_go_as_new_ones_come_and_nothing_else()
    {
        using SqliteStore store = stored.Open();
        store.Commit(Stored.Opened(0, 200));
        stored.Clock.Advance(TimeSpan.FromDays(90));
        store.Commit(Stored.Lines(1, stored.Clock.GetUtcNow()));
        Assert.Equal(1001, store.Ledger(new() { Limit = 10_000 }).Count);

        stored.Clock.Advance(TimeSpan.FromTicks(1));
        // In small steps.
        store.Commit(Stored.Lines(1, stored.Clock.GetUtcNow()));
        Assert.Equal(1002 - 101, store.Ledger(new() { Limit = 10_000 }).Count);
        for (int i = 0; i < 9; i++) store.Commit(Stored.Lines(1, stored.Clock.GetUtcNow()));

        Assert.Equal(11, store.Ledger(new() { Limit = 10_000 }).Count);
        Assert.All(store.Ledger(new() { Limit = 10_000 }), line => Assert.True(line.Time > Stored.Noon));
        Assert.Equal(200, store.Load().Open.Count);
        Assert.Equal(1, store.KeyOf(AlertKey.TextOf(Stored.Incident(7))).Episodes);
    }

    [Fact]
    public void However_many_lines_come_the_file_stays_in_its_size_and_the_last_ones_are_kept()
    {
        const long Most = 8 << 20;
        using SqliteStore store = stored.Open(new StoreOptions { MostBytes = Most });
        for (int i = 0; i < 200; i++)
        {
            store.Commit(Stored.Lines(500, Stored.Noon.AddSeconds(i)));
            Assert.InRange(new FileInfo(stored.FileOf()).Length, 0, Most + (1 << 20));
        }
        IReadOnlyList<LedgerLine> left = store.Ledger(new() { Limit = int.MaxValue });
        Assert.InRange(left.Count, 10_000, 90_000);
        Assert.Equal(Stored.Noon.AddSeconds(199), left[^1].Time);
        Assert.Equal(left.OrderBy(line => line.Time), left);
    }

    [Fact]
    public void A_limit_that_was_lowered_is_reached_step_by_step_and_ten_thousand_lines_are_always_kept()
    {
        stored.Keep(Stored.Lines(12_000));
        using SqliteStore store = stored.Open(new StoreOptions { MostBytes = 1 });
        store.Commit(Stored.Lines(1));
        Assert.Equal(12_001 - 101, store.Ledger(new() { Limit = int.MaxValue }).Count);
        for (int i = 0; i < 30; i++) store.Commit(Stored.Lines(1));
        Assert.Equal(10_000, store.Ledger(new() { Limit = int.MaxValue }).Count);
    }
}
