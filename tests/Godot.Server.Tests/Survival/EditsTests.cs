namespace Godot;

/// <summary>A program's rules are edited, which is a restart: what is carried over, and what not and why, as the start says it.</summary>
public sealed class EditsTests
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    static readonly Reactor Sum = Reactor.MovingSum(Hour), Limit = Reactor.Limit(2, Hour);

    public static TheoryData<string, (string, Recipe)[], (string, Recipe)[], string[]> Edits => new()
    {
        { "nothing", [("a", Sum)], [("a", Sum)], ["Carried over: a: movingsum, MovingSum(60m): 1 key"] },
        {
            "a verb before", [("a", Sum)], [("a", Reactor.Where("service", "s").Over(0).MovingSum(Hour))],
            ["Carried over: a: movingsum, MovingSum(60m): 1 key"]
        },
        { "a verb behind", [("a", Sum)], [("a", Sum.Limit(2, Hour))], ["Carried over: a: movingsum, MovingSum(60m): 1 key"] },
        {
            "a verb inside a By", [("a", Reactor.By("host", r => r.Limit(2, Hour)))],
            [("a", Reactor.By("host", r => r.MovingAverage(2).Limit(2, Hour)))], ["Carried over: a: by/limit, Limit(2, 60m): 1 key"]
        },
        {
            "a verb taken out", [("a", Sum.Limit(2, Hour))], [("a", Sum)],
            [
                "Carried over: a: movingsum, MovingSum(60m): 1 key",
                "Not carried over: a: limit, Limit(2, 60m): 1 key: there is no such verb now",
            ]
        },
        { "an argument", [("a", Limit)], [("a", Reactor.Limit(3, 2 * Hour))], ["Carried over: a: limit, Limit(2, 60m): 1 key"] },
        {
            "an argument that decides what is held", [("a", Reactor.MovingSum(3))], [("a", Reactor.MovingSum(4))],
            ["Not carried over: a: movingsum, MovingSum(3): 1 key: it is MovingSum(4) now"]
        },
        {
            "a reactor's name", [("a", Sum)], [("b", Sum)],
            ["Not carried over: a: movingsum, MovingSum(60m): 1 key: there is no such reactor now"]
        },
        {
            "the order of two reactors", [("a", Sum), ("b", Limit)], [("b", Limit), ("a", Sum)],
            ["Carried over: a: movingsum, MovingSum(60m): 1 key", "Carried over: b: limit, Limit(2, 60m): 1 key"]
        },
        {
            "the names of two reactors, swapped", [("a", Sum), ("b", Limit)], [("b", Sum), ("a", Limit)],
            [
                "Not carried over: a: movingsum, MovingSum(60m): 1 key: there is no such verb now",
                "Not carried over: b: limit, Limit(2, 60m): 1 key: there is no such verb now",
            ]
        },
        {
            "the fields of a By", [("a", Reactor.By("host", r => r.Limit(2, Hour)))], [("a", Reactor.By("service", r => r.Limit(2, Hour)))],
            ["Not carried over: a: by/limit, Limit(2, 60m): 1 key: its events are told apart by other fields now"]
        },
    };

    [Theory]
    [MemberData(nameof(Edits), DisableDiscoveryEnumeration = true)]
    public async Task What_is_carried_over_is_said_and_what_not_and_why(string edit, (string, Recipe)[] before, (string, Recipe)[] after,
        string[] expected)
    {
        await using Kept kept = new();
        await kept.Start(before);
        kept.Feed("h", 1);
        await kept.Stop();

        // The word check says the same before the start.
        using StringWriter output = new(), error = new();
        Assert.Equal(0, await ServerCommand.RunAsync(kept.Of(after), ["check", "--against", kept.Folder], output, error));
        string[] checkedLines =
            [.. output.ToString().Split('\n').Select(line => line.Trim())
                .Where(line => line.Contains("carried over: ", StringComparison.Ordinal))];
        await kept.Start(after);
        string[] lines = [.. kept.Log.All.Where(line => line.Contains("arried over: ", StringComparison.Ordinal))];

        Assert.True(lines.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)),
            $"{edit}:\n{string.Join('\n', lines)}");
        Assert.Equal(
            lines.Select(line => line.Replace("Not carried", "warning: not carried", StringComparison.Ordinal)
                .Replace("Carried", "carried", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            checkedLines.Order(StringComparer.Ordinal));
        Assert.Equal("snapshot-1.state", Path.GetFileName(Assert.Single(kept.Files.Paths)));
    }

    [Fact]
    public async Task Of_much_that_is_not_carried_over_the_first_lines_are_said_and_how_many_more_there_are()
    {
        await using Kept kept = new();
        await kept.Start([.. Enumerable.Range(0, 60).Select(i => ($"r{i}", (Recipe)Sum))]);
        kept.Feed("h", 1);
        await kept.Stop();

        await kept.Start(("other", Sum));

        Assert.Equal(51, kept.Log.Warnings.Count);
        Assert.Equal($"Not carried over: 10 more; check --against {kept.Folder} lists all, until the next snapshots",
            kept.Log.Warnings[^1]);
    }

    [Fact]
    public async Task Check_against_a_folder_without_state_says_so()
    {
        await using Kept kept = new();
        using StringWriter output = new(), error = new();

        int code = await ServerCommand.RunAsync(kept.Of(("a", Sum)), ["check", "--against", kept.Folder], output, error);

        Assert.Equal(1, code);
        Assert.Contains($"wrong: there is no state in {kept.Folder}", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(kept.Folder));
    }
}
