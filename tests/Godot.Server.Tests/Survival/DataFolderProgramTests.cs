namespace Godot;

/// <summary>Where a real program keeps what it knows, and what it says when it cannot.</summary>
public sealed class DataFolderProgramTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task By_default_it_is_data_and_the_programs_name_and_a_second_program_there_is_refused()
    {
        string data = Path.Join(folder.Path, "data", "Godot.Server.Program");
        using Child first = Run("first");
        await first.Says("Listening on unix:");
        using Child second = Run("second");

        Assert.Equal(1, await second.Exit());
        string pid = await File.ReadAllTextAsync(Path.Join(data, "pid"), TestContext.Current.CancellationToken);
        Assert.Equal($"Another program (process {pid}) has the data folder {data}; stop that one, give this program another folder (--data "
            + "DIR), or --data none to keep nothing.\n", second.Error);

        first.Send(Signal.Kill);
        await first.Exit();
        using Child third = Run("third");
        await third.Says("Listening on unix:");
        third.Send(Signal.Terminate);
        Assert.Equal(0, await third.Exit());
        Assert.True(File.Exists(Path.Join(data, "snapshot-1.state")));
    }

    [Theory]
    [InlineData("--data", "none")]
    [InlineData("check")]
    [InlineData("graph")]
    public async Task Nothing_is_kept_where_nothing_is_served_or_nothing_is_to_be(params string[] words)
    {
        using Child program = Run("s", words);
        if (words is ["--data", ..])
        {
            await program.Says("Listening on unix:");
            program.Send(Signal.Terminate);
        }

        Assert.Equal(0, await program.Exit());
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_folder_ends_the_start_with_a_sentence()
    {
        string file = Path.Join(folder.Path, "data");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        using Child program = Run("s", "--data", file);

        Assert.Equal(1, await program.Exit());

        Assert.Equal($"The data folder {file} is a file; give this program another folder (--data DIR), or --data none to keep nothing.\n",
            program.Error);
    }

    Child Run(string socket, params string[] words) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Godot.Server.Program.dll"), $"{Some.FreePort()}",
            Path.Join(folder.Path, socket), "--http", "none", .. words], folder.Path);
}
