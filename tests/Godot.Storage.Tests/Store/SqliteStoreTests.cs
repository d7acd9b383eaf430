using Godot.Alerting;
using Godot.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Storage;

/// <summary>The store on disk keeps what every store keeps. What is reopened is what a killed process leaves.</summary>
public sealed class SqliteStoreTests : AlertStoreContract, IDisposable
{
    readonly List<(SqliteStore Store, TemporaryFolder Folder)> opened = [];

    public void Dispose()
    {
        foreach ((SqliteStore store, TemporaryFolder folder) in opened)
        {
            store.Dispose();
            folder.Dispose();
        }
    }

    private protected override IAlertStore New() => Open(new TemporaryFolder());

    private protected override IAlertStore Reopen(IAlertStore store)
    {
        TemporaryFolder folder = new();
        Killed.Copy(opened.Find(one => one.Store == store).Folder.Path, folder.Path);
        return Open(folder);
    }

    [Theory]
    [MemberData(nameof(OutboxCrashStories.Failures), MemberType = typeof(OutboxCrashStories))]
    public async Task What_is_decided_is_told_wherever_a_crash_comes(string failure) =>
        Assert.InRange(await OutboxCrashStories.AreToldWhateverHappens(store => store is null ? New() : Reopen(store), failure), 12, 40);

    // As the version before the outbox wrote it.
    [Fact]
    public void A_store_without_an_outbox_gets_one_and_keeps_what_it_has()
    {
        TemporaryFolder folder = new();
        using (SqliteConnection first = new($"Data Source={Path.Join(folder.Path, SqliteStore.FileName)};Pooling=False"))
        {
            first.Open();
            Statement.RunOnce(first, Schema.Migrations[0]);
            Statement.RunOnce(first, "insert into incidents values ('1', 1, $1)", KeptFormat.Write(Kept("1")));
            Statement.RunOnce(first, "insert into ledger (time, what) values ($1, 'opened')", Noon);
            Statement.RunOnce(first, "pragma user_version = 1");
        }
        SqliteStore now = Open(folder);
        Assert.Equivalent(Kept("1"), Assert.Single(now.Load().Open), strict: true);
        Assert.Equal("opened", Assert.Single(now.Ledger(new() { Limit = 100 })).What);
        Assert.Empty(now.Outbox());
        Decisions decisions = new();
        decisions.Outbox["1"] = Message("1");
        now.Commit(decisions);
        Assert.Single(now.Outbox());
    }

    SqliteStore Open(TemporaryFolder folder)
    {
        SqliteStore store = new(folder.Path, new StoreOptions { TimeProvider = new FakeTimeProvider(Noon) });
        opened.Add((store, folder));
        return store;
    }
}
