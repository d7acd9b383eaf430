namespace Godot;

/// <summary>
/// The words on a server program's command line: examples/cpu.cs replays, is compared, checked and drawn, as its user would.
/// </summary>
[Collection(nameof(Examples))]
public sealed class ReplayProgramTests(Examples examples) : IDisposable
{
    const string Events = """
        {"host":"a","service":"cpu","time":1767225600,"metric":90}
        {"host":"a","service":"cpu","time":1767225610,"metric":10}
        no event

        """;

    readonly Recorded recorded = new();

    public void Dispose() => recorded.Dispose();

    [Fact]
    public async Task It_replays_its_standard_input_and_sends_nothing()
    {
        using Child program = await examples.Start("cpu", recorded.Folder, "replay", "-");
        program.Write(Events);

        Assert.Equal(0, await program.Exit());
        Assert.Equal("""
            {"reactor":"cpu","at":1767225600,"output":"email","event":{"host":"a","service":"cpu","time":1767225600,"metric":90}}
            {"reactor":"cpu","at":1767225600,"event":{"host":"a","service":"cpu","time":1767225600,"metric":90}}

            """, program.Output);
        Assert.Equal("2 events, the clock at 2026-01-01T00:00:10Z, 2 lines written.\n1 rejected (not_json), such as: no event\n",
            program.Error);
        Assert.Empty(Directory.GetFileSystemEntries(recorded.Folder));
    }

    [Fact]
    public async Task Compared_with_another_program_it_shows_what_only_one_of_them_emits_and_exits_with_1()
    {
        string events = recorded.Write(Events);
        using Child program =
            await examples.Start("cpu", recorded.Folder, "replay", events, "--until", "1767225700", "--diff",
                await examples.Build("server"));

        Assert.Equal(1, await program.Exit());
        Assert.Equal(2, program.Lines.Count(line => line.StartsWith("- {\"reactor\":\"cpu", StringComparison.Ordinal)));
        Assert.Equal(2, program.Lines.Count);
        Assert.Contains("server.dll: 2 events, the clock at 2026-01-01T00:01:40Z, 0 lines written.\n", program.Error,
            StringComparison.Ordinal);
        Assert.EndsWith("cpu: 0 equal, 2 missing (-), 0 added (+)\n", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compared_with_its_own_source_it_shows_nothing_and_exits_with_0()
    {
        string events = recorded.Write(Events);
        using Child program =
            await examples.Start("cpu", recorded.Folder, "replay", events, "--diff", Repository.PathOf("examples", "cpu.cs"));

        Assert.Equal(0, await program.Exit(TimeSpan.FromMinutes(5)));
        Assert.Equal("", program.Output);
        Assert.EndsWith("cpu: 2 equal, 0 missing (-), 0 added (+)\n", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compared_with_what_does_not_build_it_says_why_and_exits_with_2()
    {
        string events = recorded.Write(Events), other = recorded.Write("garbage", "other.cs");
        using Child program = await examples.Start("cpu", recorded.Folder, "replay", events, "--diff", other);

        Assert.Equal(2, await program.Exit(TimeSpan.FromMinutes(5)));
        Assert.Matches(@"other\.cs: .*error CS\d+", program.Error);
        Assert.EndsWith("other.cs did not replay the events; its exit code was 1.\n", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_checked_and_drawn()
    {
        using Child check = await examples.Start("cpu", recorded.Folder, "check"),
            graph = await examples.Start("cpu", recorded.Folder, "graph");

        Assert.Equal((0, 0), (await check.Exit(), await graph.Exit()));
        Assert.EndsWith("2 reactors, nothing wrong.\n", check.Output, StringComparison.Ordinal);
        Assert.StartsWith("flowchart LR\n", graph.Output, StringComparison.Ordinal);
    }
}
