using Godot.Alerting;
using Godot.Tests;
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

    SqliteStore Open(TemporaryFolder folder)
    {
        SqliteStore store = new(folder.Path, new StoreOptions { TimeProvider = new FakeTimeProvider(Noon) });
        opened.Add((store, folder));
        return store;
    }
}
