namespace Godot.Cli.Tests;

public class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("send")]
    [InlineData("heartbeat")]
    [InlineData("query")]
    [InlineData("tail")]
    [InlineData("replay")]
    [InlineData("pummel")]
    [InlineData("incidents")]
    [InlineData("ack")]
    [InlineData("silence")]
    [InlineData("resolve")]
    [InlineData("ledger")]
    [InlineData("why")]
    public async Task Help_describes_options_and_shows_examples(string command)
    {
        Tool tool = await Tool.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (tool.Code, tool.Error));
        Assert.Contains("Usage:", tool.Output, StringComparison.Ordinal);
        Assert.Contains($"Examples:{Environment.NewLine}  godot ", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_of_pummels_own_processes_are_hidden()
    {
        Tool tool = await Tool.RunAsync(["--help"]);

        Assert.DoesNotContain("pummel-", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_is_no_command_is_answered_with_those_that_are()
    {
        Tool tool = await Tool.RunAsync(["sned", "--service", "s"]);

        Assert.Equal(
            new Tool(2, "",
                $"'sned' is not a command: send, heartbeat, query, tail, incidents, ack, silence, resolve, ledger, why, "
                    + $"outbox, test, replay, pummel, completion are; --help shows what there is.{Environment.NewLine}"), tool);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sned")]
    [InlineData("send --colour red")]
    [InlineData("heartbeat")]
    [InlineData("query --http localhost")]
    [InlineData("tail --http :9877")]
    [InlineData("query --limit -1")]
    [InlineData("query a b")]
    [InlineData("replay events.jsonl")]
    [InlineData("pummel --type carrier-pigeon")]
    [InlineData("ack")]
    [InlineData("ack cpu --for soon")]
    [InlineData("silence true --until tomorrow")]
    [InlineData("ledger --since yesterday")]
    [InlineData("ledger --limit 10001")]
    [InlineData("why app")]
    [InlineData("completion fish")]
    [InlineData("pummel -c 0")]
    [InlineData("pummel -p 65536")]
    public async Task What_is_not_understood_is_one_sentence_and_exit_code_2(string line)
    {
        Tool tool = await Tool.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (tool.Code, tool.Output));
        Assert.EndsWith($"; --help shows what there is.{Environment.NewLine}", tool.Error, StringComparison.Ordinal);
    }
}
