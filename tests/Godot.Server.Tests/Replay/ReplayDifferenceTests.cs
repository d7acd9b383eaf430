namespace Godot;

public sealed class ReplayDifferenceTests : IDisposable
{
    readonly StringWriter output = new();

    public void Dispose() => output.Dispose();

    [Fact]
    public async Task Shows_what_only_one_of_them_has_and_counts_by_reactor()
    {
        ReplayDifference difference =
            await Compare([Line(1, "a"), Line(2, "b"), Line(3, "c"), Line(3, "d", "mem")], [Line(1, "a"), Line(2.5m, "b"), Line(3, "c")]);

        Assert.Equal($"- {Line(2, "b")}\n+ {Line(2.5m, "b")}\n- {Line(3, "d", "mem")}\n", output.ToString());
        Assert.Equal([("cpu", (2, 1, 1)), ("mem", (0, 1, 0))], difference.Counts.Select(counts => (counts.Key, counts.Value)));
        Assert.False(difference.IsNone);
    }

    [Fact]
    public async Task At_a_terminal_what_it_would_act_upon_is_an_escape_and_elsewhere_the_lines_are_as_they_are()
    {
        string evil = Line(1, "a\u009b2J\u202e\u200b\U000E0041"), seen = Line(1, "a\\u009b2J\\u202e\\u200b\\udb40\\udc41");
        foreach (bool atTerminal in (bool[])[true, false])
        {
            string shown = atTerminal ? seen : evil;
            await Compare([evil], [], atTerminal);
            Assert.Equal($"- {shown}\n", output.ToString());
            await Compare([], [evil], atTerminal);
            Assert.Equal($"+ {shown}\n", output.ToString());
        }
    }

    [Fact]
    public async Task What_is_of_one_time_may_come_in_any_order_and_counts_as_often_as_it_comes()
    {
        Assert.True((await Compare([Line(1, "a"), Line(1, "b"), Line(1, "b")], [Line(1, "b"), Line(1, "a"), Line(1, "b")])).IsNone);
        Assert.Equal("", output.ToString());

        await Compare([Line(1, "a")], [Line(1, "a"), Line(1, "a")]);
        Assert.Equal($"+ {Line(1, "a")}\n", output.ToString());
    }

    [Fact]
    public async Task The_same_alert_with_another_metric_or_written_otherwise_is_the_same()
    {
        string first =
            """{"reactor":"r","at":1.5,"output":"email","events":[{"host":"h","service":"s","state":"x","time":1.50,"metric":1},{}]}""";

        Assert.True((await Compare([first],
            ["""{"reactor":"r","at":1.50,"output":"email","events":[{"time":1.5,"service":"\u0073","host":"h","state":"x","metric":2,"description":"d"},{}]}"""])).IsNone);
        Assert.False((await Compare([first], [first.Replace("\"x\"", "\"y\"", StringComparison.Ordinal)])).IsNone);
        Assert.False((await Compare([first], [first.Replace("email", "console", StringComparison.Ordinal)])).IsNone);
        Assert.False((await Compare([first], [first.Replace("\"r\"", "\"q\"", StringComparison.Ordinal)])).IsNone);
    }

    [Theory]
    [InlineData("Hello")]
    [InlineData("{}")]
    [InlineData("""{"reactor":"r","at":"1","event":{}}""")]
    [InlineData("""{"reactor":"r","at":1,"event":3}""")]
    [InlineData("""{"reactor":"r","at":1,"events":{}}""")]
    public void What_is_no_line_of_a_replay_is_known(string text) => Assert.Null(ReplayLine.Parse(text));

    async Task<ReplayDifference> Compare(string[] first, string[] second, bool atTerminal = false)
    {
        output.NewLine = "\n";
        output.GetStringBuilder().Clear();
        ReplayDifference difference = new(output, atTerminal);
        await difference.CompareAsync(Lines(first), Lines(second));
        return difference;
    }

    static IAsyncEnumerable<ReplayLine> Lines(string[] lines) => lines.Select(line => ReplayLine.Parse(line)!).ToAsyncEnumerable();

    static string Line(decimal at, string service, string reactor = "cpu") =>
        FormattableString.Invariant($$$"""{"reactor":"{{{reactor}}}","at":{{{at}}},"event":{"service":"{{{service}}}"}}""");
}
