namespace Godot;

/// <summary>
/// The article's two servers, and the rules for what is asked for most: each program is handed the events of its folder in Replays, and
/// says what it would have mailed, and when; and quiet.jsonl, of which it must mail nothing. A further one is a folder and a line here.
/// </summary>
[Collection(nameof(Examples))]
public sealed class RulesProgramTests(Examples examples) : IDisposable
{
    public static TheoryData<string> Programs => ["cpu", "deploy", "disk", "error-rate", "flapping", "latency", "noisy", "queue", "server"];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_has_its_events() =>
        Assert.Equal(Programs.Select(row => row.Data),
            Directory.GetDirectories(PathOf()).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task It_mails_what_it_should_and_nothing_else(string program)
    {
        using Child replay = await examples.Start(program, folder.Path, "replay", PathOf(program, "events.jsonl"));

        Assert.Equal(0, await replay.Exit());
        Assert.Equal(await File.ReadAllTextAsync(PathOf(program, "emitted.jsonl"), TestContext.Current.CancellationToken), replay.Output);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Of_first_few_missing_and_late_events_it_mails_nothing(string program)
    {
        using Child replay = await examples.Start(program, folder.Path, "replay", PathOf(program, "quiet.jsonl"));

        Assert.Equal(0, await replay.Exit());
        Assert.Equal("", replay.Output);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Nothing_is_wrong_with_it(string program)
    {
        using Child check = await examples.Start(program, folder.Path, "check");

        Assert.True(await check.Exit() == 0, $"{check}");
    }

    static string PathOf(params ReadOnlySpan<string> parts) =>
        Repository.PathOf(["tests", "Godot.Server.Tests", "Programs", "Replays", .. parts]);
}
