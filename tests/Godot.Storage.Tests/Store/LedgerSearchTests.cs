namespace Godot.Storage;

/// <summary>Somebody looks something up while the desk decides.</summary>
public sealed class LedgerSearchTests : IDisposable
{
    readonly Stored stored = new();

    public void Dispose() => stored.Dispose();

    [Fact]
    public void A_commit_waits_for_no_search()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using SqliteStore store = stored.Open();
        store.Commit(Stored.Lines(3000));
        int seen = 0;

        IReadOnlyList<LedgerLine> found = store.Ledger(line =>
        {
            // From another thread: one that held the file while it searches would never let it through.
            if (++seen % 1000 == 500)
                Assert.True(Task.Run(() => store.Commit(Stored.Lines(1)), stop).Wait(TimeSpan.FromSeconds(30), stop));
            return true;
        }, int.MaxValue);

        Assert.Equal(Enumerable.Range(0, 3000).Select(i => Stored.Line(i)), found);
        Assert.Equal(3003, store.Ledger(_ => true, int.MaxValue).Count);
    }

    [Fact]
    public void A_filter_that_throws_harms_nobody()
    {
        using SqliteStore store = stored.Open();
        store.Commit(Stored.Lines(3000));
        Assert.Throws<InvalidOperationException>(() => store.Ledger(_ => throw new InvalidOperationException(), 10));
        store.Commit(Stored.Lines(1));
        Assert.Equal(3001, store.Ledger(_ => true, int.MaxValue).Count);
    }
}
