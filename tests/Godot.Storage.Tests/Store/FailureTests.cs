using System.Diagnostics;
using Godot.Alerting;
using Microsoft.Extensions.Time.Testing;

namespace Godot.Storage;

/// <summary>What a store does when its disk does not.</summary>
public sealed class FailureTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    bool isMounted;

    public void Dispose()
    {
        if (isMounted) Run("umount", folder.Path);
        folder.Dispose();
    }

    string Ballast => Path.Join(folder.Path, "ballast");

    SqliteStore Open() => new(folder.Path, new StoreOptions { TimeProvider = new FakeTimeProvider(Stored.Noon) });

    [Fact]
    public void On_a_full_disk_nothing_is_half_written_and_with_room_again_it_goes_on()
    {
        Mount("-o", "size=4m");
        Random random = new(14);
        int kept = 0;
        for (int round = 0; round < 10; round++)
        {
            using SqliteStore store = Open();
            // Room for none, one or some of what comes.
            FillBut(random.Next(0, 200_000));
            StoreException? failed = null;
            while ((failed = Record.Exception(() => store.Commit(Stored.Opened(kept, 20))) as StoreException) is null) kept += 20;

            Assert.Equal($"{folder.Path}/alerts.db cannot be written: database or disk is full.", failed.Message);
            Assert.Throws<StoreException>(() => store.Commit(Stored.Opened(kept, 20)));
            Assert.Equal(kept, store.Load().Open.Count);
            Assert.Equal(5 * kept, store.Ledger(new() { Limit = int.MaxValue }).Count);
            File.Delete(Ballast);
            store.Commit(Stored.Opened(kept, 20));
            kept += 20;
        }
        using SqliteStore next = Open();
        Assert.Equal(kept, next.Load().Open.Count);
        Assert.Equal(5 * kept, next.Ledger(new() { Limit = int.MaxValue }).Count);
    }

    [Fact]
    public void A_commit_that_fails_half_way_leaves_nothing_and_the_next_is_kept()
    {
        using SqliteStore store = Open();
        Decisions half = Stored.Opened(0, 5);
        // It throws when the incidents, their keys and some of the lines are written.
        half.Ledger.Add(null!);

        Assert.Throws<NullReferenceException>(() => store.Commit(half));

        Assert.Empty(store.Load().Open);
        Assert.Equal(0, store.KeyOf(AlertKey.TextOf(Stored.Incident(0))).Episodes);
        store.Commit(Stored.Opened(7, 1));
        Assert.Equal(5, store.Ledger(new() { Limit = 100 }).Count);
        Assert.Single(store.Load().Open);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_refused_at_the_start()
    {
        Mount();
        using (SqliteStore store = Open()) store.Commit(Stored.Lines(1));
        Run("mount", "-o", "remount,ro", folder.Path);

        StoreException refused = Assert.Throws<StoreException>(Open);

        Assert.StartsWith($"{folder.Path}/alerts.db cannot be opened to write (", refused.Message, StringComparison.Ordinal);
    }

    void FillBut(int room)
    {
        using FileStream file = new(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(new byte[Math.Max(0, new DriveInfo(folder.Path).AvailableFreeSpace - room)]);
    }

    void Mount(params string[] options)
    {
        isMounted = Environment.IsPrivilegedProcess && Run("mount", ["-t", "tmpfs", .. options, "none", folder.Path]) == 0;
        if (!isMounted) Assert.Skip("A disk of its own needs root.");
    }

    static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
