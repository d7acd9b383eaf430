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
        CommittingSet commits = new(() =>
            // From another thread: one that held the file while it searches would never let it through.
            Assert.True(Task.Run(() => store.Commit(Stored.Lines(1)), stop).Wait(TimeSpan.FromSeconds(30), stop)));

        IReadOnlyList<LedgerLine> found = store.Ledger(new() { Except = commits, Limit = int.MaxValue });

        Assert.Equal(Enumerable.Range(0, 3000).Select(i => Stored.Line(i)), found);
        Assert.Equal(3003, store.Ledger(new() { Limit = int.MaxValue }).Count);
    }

    // Asked of each line, and has none of them.
    sealed class CommittingSet(Action commit) : HashSet<string>, IReadOnlySet<string>
    {
        int seen;

        bool IReadOnlySet<string>.Contains(string item)
        {
            if (++seen % 1000 == 500) commit();
            return false;
        }
    }
}
