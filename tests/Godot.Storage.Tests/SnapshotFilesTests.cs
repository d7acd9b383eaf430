using System.Text;

namespace Godot.Storage;

public sealed class SnapshotFilesTests : IDisposable
{
    static readonly DateTimeOffset Noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    SnapshotFiles Files => new(folder.Path, "server");

    [Fact]
    public void What_was_written_is_read_again()
    {
        long size = Files.Write(Noon, Writes("what the engine holds"));

        using SnapshotFile read = SnapshotFile.Open(Assert.Single(Files.Paths));
        Assert.Equal(new SnapshotHead("server", 1, Noon), read.Head);
        Assert.Equal("what the engine holds", Text(read));
        Assert.Equal(size, new FileInfo(read.Path).Length);
    }

    [Fact]
    public void The_last_two_are_kept_and_numbers_rise_over_restarts()
    {
        for (int i = 0; i < 12; i++) Files.Write(Noon, Writes($"{i}"));

        Assert.Equal(["snapshot-12.state", "snapshot-11.state"], Files.Paths.Select(Path.GetFileName));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_file_that_was_cut_anywhere_is_not_read()
    {
        Files.Write(Noon, Writes(new string('x', 5000)));
        string path = Files.Paths[0];
        byte[] whole = File.ReadAllBytes(path);

        for (int place = 0; place < 200; place++)
        {
            File.WriteAllBytes(path, whole[..(int)((long)whole.Length * place / 200)]);
            Assert.Throws<InvalidDataException>(() => SnapshotFile.Open(path));
        }
        File.WriteAllBytes(path, whole[..^1]);
        Assert.Throws<InvalidDataException>(() => SnapshotFile.Open(path));
    }

    [Fact]
    public void A_file_with_a_bit_that_flipped_anywhere_is_not_read()
    {
        Files.Write(Noon, Writes("what the engine holds"));
        string path = Files.Paths[0];
        byte[] whole = File.ReadAllBytes(path);

        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, flipped);
            Assert.Throws<InvalidDataException>(() => SnapshotFile.Open(path));
        }
    }

    [Fact]
    public void A_file_of_another_version_says_which()
    {
        Files.Write(Noon, Writes("what the engine holds"));
        string path = Files.Paths[0];
        byte[] bytes = File.ReadAllBytes(path);
        bytes[1 + "godot snapshot".Length] = 7;
        File.WriteAllBytes(path, bytes);

        Assert.Equal("has version 7, and this program reads version 1",
            Assert.Throws<InvalidDataException>(() => SnapshotFile.Open(path)).Message);
    }

    [Fact]
    public void Something_else_under_its_name_is_not_read()
    {
        string path = folder.PathOf("snapshot-1.state");
        File.WriteAllText(path, "a text that is no snapshot, and begins with a length that may be anything");

        Assert.Throws<InvalidDataException>(() => SnapshotFile.Open(path));
    }

    [Fact]
    public void What_was_discarded_is_not_looked_for_again_and_its_number_not_given_again()
    {
        Files.Write(Noon, Writes("a"));
        Files.Write(Noon, Writes("b"));

        Assert.Equal("snapshot-2.state.damaged", SnapshotFiles.Discard(Files.Paths[0]));

        Assert.Equal(["snapshot-1.state"], Files.Paths.Select(Path.GetFileName));
        Files.Write(Noon, Writes("c"));
        Assert.Equal("snapshot-3.state", Path.GetFileName(Files.Paths[0]));
    }

    [Fact]
    public void Where_writing_fails_half_way_those_before_stay_whole_and_nothing_else_is_left()
    {
        SnapshotFiles files = Files;
        files.Write(Noon, Writes("before"));

        Assert.Throws<IOException>(() => files.Write(Noon, stream =>
        {
            Writes(new string('x', 100_000))(stream);
            throw new IOException("It is broken.");
        }));

        using (SnapshotFile read = SnapshotFile.Open(Assert.Single(files.Paths))) Assert.Equal("before", Text(read));
        Assert.Single(Directory.GetFiles(folder.Path));
        files.Write(Noon, Writes("after"));
        Assert.Equal("snapshot-2.state", Path.GetFileName(files.Paths[0]));
    }

    [Fact]
    public void A_full_disk_leaves_those_before_whole()
    {
        using SmallDisk disk = new(200_000);
        SnapshotFiles files = new(disk.Path, "server");
        files.Write(Noon, Writes(new string('1', 50_000)));
        files.Write(Noon, Writes(new string('2', 50_000)));

        Assert.Throws<IOException>(() => files.Write(Noon, Writes(new string('3', 150_000))));

        Assert.Equal(["22", "11"], files.Paths.Select(path =>
        {
            using SnapshotFile read = SnapshotFile.Open(path);
            return Text(read)[..2];
        }));
        // What the one that failed took is free again.
        files.Write(Noon, Writes(new string('4', 50_000)));
    }

    [Fact]
    public void A_disk_that_becomes_read_only_is_an_IOException()
    {
        using SmallDisk disk = new(200_000);
        SnapshotFiles files = new(disk.Path, "server");
        files.Write(Noon, Writes("before"));
        disk.MakeReadOnly();

        Assert.ThrowsAny<IOException>(() => files.Write(Noon, Writes("after")));

        Assert.Single(files.Paths);
    }

    [Fact]
    public void Folders_beside_it_with_snapshots_are_found()
    {
        foreach (string name in (string[])["b", "a", "empty", "server"]) Directory.CreateDirectory(folder.PathOf(name));
        new SnapshotFiles(folder.PathOf("b"), "b").Write(Noon, Writes("b"));
        new SnapshotFiles(folder.PathOf("a"), "a").Write(Noon, Writes("a"));

        Assert.Equal([folder.PathOf("a"), folder.PathOf("b")], new SnapshotFiles(folder.PathOf("server"), "server").FoldersBeside());
    }

    static Action<Stream> Writes(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));

    static string Text(SnapshotFile file)
    {
        using MemoryStream all = new();
        file.Body.CopyTo(all);
        return Encoding.UTF8.GetString(all.ToArray()[..^ChecksumStream.Size]);
    }
}
