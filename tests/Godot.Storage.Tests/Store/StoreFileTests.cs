using Godot.Alerting;

namespace Godot.Storage;

/// <summary>What a start does with the file that it finds.</summary>
public sealed class StoreFileTests : IDisposable
{
    const string Aside = ".damaged-20250101T120000Z";

    readonly Stored stored = new();

    public void Dispose() => stored.Dispose();

    [Theory]
    [InlineData("header")]
    [InlineData("schema")]
    [InlineData("pages")]
    [InlineData("end")]
    public void A_damaged_one_is_set_aside_and_a_new_one_begins(string damaged)
    {
        stored.Keep(Stored.Lines(2000));
        switch (damaged)
        {
            case "header": stored.Overwrite(0, new byte[16]); break;
            case "schema": stored.Overwrite(110, [.. Enumerable.Repeat((byte)0xFF, 3000)]); break;
            case "pages": stored.Overwrite(4096, [.. Enumerable.Repeat((byte)0xA5, 65_536)]); break;
            default: File.WriteAllBytes(stored.FileOf(), File.ReadAllBytes(stored.FileOf())[..^10_000]); break;
        }
        byte[] before = File.ReadAllBytes(stored.FileOf());

        using SqliteStore store = stored.Open();

        Assert.Empty(store.Ledger(_ => true, 10));
        Assert.Equal(before, File.ReadAllBytes(stored.FileOf(Aside)));
        string said = Assert.Single(stored.Log.Errors);
        Assert.StartsWith($"{stored.FileOf()} is damaged: ", said, StringComparison.Ordinal);
        Assert.Contains($" {stored.FileOf(Aside)}, ", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
        store.Commit(Stored.Lines(1));
        Assert.Single(store.Ledger(_ => true, 10));
    }

    [Fact]
    public void Its_log_goes_with_it_and_what_was_set_aside_before_stays()
    {
        using (Stored killed = new())
        {
            killed.Keep(Stored.Lines(2000));
            using SqliteStore store = killed.Open();
            store.Commit(Stored.Lines(1));
            Killed.Copy(killed.Folder, stored.Folder);
        }
        byte[] log = File.ReadAllBytes(stored.FileOf("-wal"));
        File.WriteAllText(stored.FileOf($"{Aside}-wal"), "of an earlier one");
        stored.Overwrite(4096, [.. Enumerable.Repeat((byte)0xA5, 65_536)]);
        byte[] before = File.ReadAllBytes(stored.FileOf());

        using (stored.Open()) { }

        Assert.Equal(before, File.ReadAllBytes(stored.FileOf($"{Aside}-2")));
        Assert.Equal(log, File.ReadAllBytes(stored.FileOf($"{Aside}-2-wal")));
        Assert.Equal("of an earlier one", File.ReadAllText(stored.FileOf($"{Aside}-wal")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_log_without_its_file_is_set_aside(bool isEmpty)
    {
        File.WriteAllText(stored.FileOf("-wal"), "what was committed");
        if (isEmpty) File.WriteAllText(stored.FileOf(), "");

        using SqliteStore store = stored.Open();

        Assert.Equal("what was committed", File.ReadAllText(stored.FileOf($"{Aside}-wal")));
        Assert.Single(stored.Log.Errors);
    }

    // Whatever is damaged, it ends no start with anything but a sentence, and no later one either.
    [Fact]
    public void After_any_flipped_bits_a_start_goes_on_or_begins_anew()
    {
        Random random = new(14);
        stored.Keep(Stored.Opened(0, 40));
        byte[] sound = File.ReadAllBytes(stored.FileOf());
        for (int round = 0; round < 100; round++)
        {
            byte[] damaged = [.. sound];
            // Not the version of the tables: a newer one is refused.
            for (int flips = random.Next(1, 50); flips > 0; flips--) damaged[random.Next(64, sound.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(stored.FileOf(), damaged);
            File.Delete(stored.FileOf("-wal"));

            using SqliteStore store = stored.Open();

            Assert.InRange(store.Load().Open.Count, 0, 40);
            Assert.InRange(store.Ledger(_ => true, 1000).Count, 0, 200);
            store.Commit(Stored.Opened(100, 1));
        }
        Assert.NotEmpty(stored.Log.Errors);
    }

    [Fact]
    public void Of_one_that_is_too_large_only_a_part_is_looked_at()
    {
        stored.Keep(Stored.Lines(20_000));
        stored.Clock.AutoAdvanceAmount = TimeSpan.FromSeconds(6);

        using SqliteStore store = stored.Open();

        Assert.Equal($"{stored.FileOf()} is too large to look for damage in all of it in 10 s; it is used as it is.",
            Assert.Single(stored.Log.Warnings));
        Assert.Single(store.Ledger(_ => true, 1));
    }

    [Fact]
    public void One_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        stored.Keep(Stored.Lines(1));
        stored.Overwrite(60, 0, 0, 0, 9);
        byte[] before = File.ReadAllBytes(stored.FileOf());

        StoreException refused = Assert.Throws<StoreException>(() => stored.Open());

        Assert.Equal($"{stored.FileOf()} was written by a newer version of this program (its tables are of version 9, this one knows 2): "
            + "run that version, or give this one another folder with --data DIR.", refused.Message);
        Assert.Equal(before, File.ReadAllBytes(stored.FileOf()));
    }

    [Fact]
    public void One_that_is_in_use_is_refused_and_who_has_it_is_named()
    {
        using SqliteStore store = stored.Open();

        StoreException refused = Assert.Throws<StoreException>(() => stored.Open());

        string who = OperatingSystem.IsLinux() ? $"process {Environment.ProcessId} (" : "another process:";
        Assert.StartsWith($"{stored.FileOf()} is in use by {who}", refused.Message, StringComparison.Ordinal);
        store.Commit(Stored.Lines(1));
        Assert.Single(store.Ledger(_ => true, 10));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused()
    {
        StoreException refused = Assert.Throws<StoreException>(() => new SqliteStore(Path.Join(stored.Folder, "none"), new StoreOptions()));
        Assert.EndsWith("alerts.db cannot be opened to write (unable to open database file): let this program write there, give it another "
            + "folder with --data DIR, or none with --data none.", refused.Message, StringComparison.Ordinal);
    }
}
