namespace Godot.Cli.Tests;

public sealed class ReplayTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("godot-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_programs_own_replay_is_run_and_its_output_input_and_exit_code_are_the_tools()
    {
        using ToolProcess tool =
            new("replay", "a b.jsonl", "-", "--program", Program(), "--until", "1767225600.5", "--speed", "2", "--diff", "other.cs");
        await tool.Input.WriteAsync("an event\n");
        tool.Input.Close();
        await tool.EndAsync();

        Assert.Equal(
            """
            [replay][a b.jsonl][-][--until=2026-01-01T00:00:00.5000000+00:00][--speed=2][--diff=other.cs]
            an event

            """, await tool.Output.ReadToEndAsync());
        Assert.Equal("said\n", await tool.Error.ReadToEndAsync());
        Assert.Equal(3, tool.Code);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told_in_a_sentence() =>
        Assert.Equal(
            new Tool(1, "", $"There is no program no.cs; name a server program's .cs file, .dll or executable.{Environment.NewLine}"),
            await Tool.RunAsync(["replay", "events.jsonl", "--program", "no.cs"]));

    // Says what it was told and repeats what it reads.
    string Program()
    {
        string path = Path.Join(folder, "program");
        File.WriteAllText(path, "#!/bin/sh\nprintf '[%s]' \"$@\"\necho\ncat\necho said >&2\nexit 3\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
