using System.Runtime.Versioning;

namespace Godot.Storage;

public sealed class DataFolderTests : IDisposable
{
    readonly TemporaryFolder parent = new();

    public void Dispose() => parent.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void It_is_made_for_its_owner_alone()
    {
        using DataFolder folder = DataFolder.Open(parent.PathOf("data/server"));

        Assert.Equal(parent.PathOf("data/server"), folder.Path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        Assert.All(Directory.GetFiles(folder.Path),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Two_programs_cannot_have_it_and_the_second_is_told_who_has_it()
    {
        using DataFolder first = DataFolder.Open(parent.Path);

        DataFolderException refused = Assert.Throws<DataFolderException>(() => DataFolder.Open(parent.Path));

        Assert.Equal($"Another program (process {Environment.ProcessId}) has the data folder {parent.Path}; stop that one, give this "
            + "program another folder (--data DIR), or --data none to keep nothing.", refused.Message);
    }

    [Fact]
    public void When_one_program_has_ended_the_next_can_have_it()
    {
        DataFolder.Open(parent.Path).Dispose();

        using DataFolder again = DataFolder.Open(parent.Path);

        Assert.Equal(parent.Path, again.Path);
    }

    [Fact]
    public void A_file_in_its_place_is_refused()
    {
        File.WriteAllText(parent.PathOf("data"), "");

        string refused = Assert.Throws<DataFolderException>(() => DataFolder.Open(parent.PathOf("data"))).Message;

        Assert.Equal($"The data folder {parent.PathOf("data")} is a file; give this program another folder (--data DIR), or --data none "
            + "to keep nothing.", refused);
    }

    [Fact]
    public void A_file_on_the_way_to_it_is_refused()
    {
        File.WriteAllText(parent.PathOf("data"), "");

        string refused = Assert.Throws<DataFolderException>(() => DataFolder.Open(parent.PathOf("data/server"))).Message;

        Assert.StartsWith($"The data folder {parent.PathOf("data/server")} cannot be written to (", refused, StringComparison.Ordinal);
        Assert.EndsWith("or --data none to keep nothing.", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_is_read_only_is_refused()
    {
        using SmallDisk disk = new(100_000);
        disk.MakeReadOnly();

        string refused = Assert.Throws<DataFolderException>(() => DataFolder.Open(disk.Path)).Message;

        Assert.StartsWith($"The data folder {disk.Path} cannot be written to (", refused, StringComparison.Ordinal);
        Assert.EndsWith("or --data none to keep nothing.", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "data/server")]
    [InlineData("", "data/server")]
    [InlineData("/var/lib/monitor", "/var/lib/monitor")]
    [InlineData("/var/lib/monitor:/var/lib/other", "/var/lib/monitor")]
    public void It_is_where_systemd_says_or_else_in_data_by_the_programs_name(string? said, string expected)
    {
        string? before = Environment.GetEnvironmentVariable("STATE_DIRECTORY");
        try
        {
            Environment.SetEnvironmentVariable("STATE_DIRECTORY", said);

            Assert.Equal(expected, DataFolder.PathOf("server"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("STATE_DIRECTORY", before);
        }
    }
}
