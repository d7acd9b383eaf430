using FsCheck.Xunit;
using Godot.Alerting;
using Godot.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Storage;

/// <summary>
/// Over a store on disk the desk says what a naive one says, though the process is killed at every crash of the story. Stories are long, so
/// that what is kept wrongly comes to matter after one.
/// </summary>
public class DeskOnDiskTests
{
    [Property(MaxTest = 40, StartSize = 50, EndSize = 150)]
    public void On_one_lane(int[] story)
    {
        using KilledAtLoad store = new();
        NaiveDeskStories.AreTheSame(story, store);
    }

    [Property(MaxTest = 15, StartSize = 50, EndSize = 150)]
    public void On_many_in_blocks(int[] story)
    {
        using KilledAtLoad store = new();
        NaiveDeskStories.AreTheSame(story, store, lanes: 4, together: true);
    }

    /// <summary>A store that each engine which starts finds as one that was killed has left it.</summary>
    sealed class KilledAtLoad : IAlertStore, IDisposable
    {
        TemporaryFolder folder = new();
        SqliteStore store;

        public KilledAtLoad() => store = Open();

        public Kept Load()
        {
            TemporaryFolder copy = new();
            Killed.Copy(folder.Path, copy.Path);
            Dispose();
            folder = copy;
            store = Open();
            return store.Load();
        }

        public KeptKey KeyOf(string key) => store.KeyOf(key);

        public void Commit(Decisions decisions) => store.Commit(decisions);

        public IReadOnlyList<KeptMessage> Outbox() => store.Outbox();

        public IReadOnlyList<LedgerLine> Ledger(LedgerQuery query) => store.Ledger(query);

        public void Dispose()
        {
            store.Dispose();
            folder.Dispose();
        }

        SqliteStore Open() => new(folder.Path, new StoreOptions { TimeProvider = new FakeTimeProvider(new(2025, 1, 1, 0, 0, 0, default)) });
    }
}
