using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Godot.Cli.Tests;

public class TailTests
{
    static async Task<GodotServer> StartAsync()
    {
        GodotServer server = GodotServer.Tcp(0, "127.0.0.1").Http("127.0.0.1:0");
        await server.React(Reactor.Over(90).Publish("alerts")).StartAsync();
        return server;
    }

    /// <summary>Runs the tool until the server has a reactor for it, does something, and waits for the tool's end.</summary>
    static async Task<Tool> FollowAsync(GodotServer server, Func<Task> then, bool atTerminal, string[] args,
        CancellationToken stop = default)
    {
        Task<Tool> tail = Tool.RunAsync(["tail", "--http", $"{server.HttpEndPoint}", .. args], atTerminal: atTerminal, stop: stop);
        while (server.Reactors.Count < 2 && !tail.IsCompleted) await Task.Delay(5, CancellationToken.None);
        await then();
        return await tail.WaitAsync(Tool.Patience, CancellationToken.None);
    }

    static Task SendAsync(GodotServer server, string lines) => Tool.RunAsync(["send", "--to", $"tcp://{server.Inputs[0].EndPoint}"], lines);

    [Fact]
    public async Task Prints_what_matches_until_the_server_stops_and_says_so()
    {
        await using GodotServer server = await StartAsync();
        Tool tool = await FollowAsync(server, async () =>
        {
            await SendAsync(server, """{"service":"a","metric":5,"time":1}""" + "\n" + """{"service":"b","metric":50,"time":1}""");
            await server.StopAsync();
        }, atTerminal: false, ["metric > 10"]);
        Assert.Equal(new Tool(1, """{"service":"b","metric":50,"time":1}""" + Environment.NewLine,
            $"http://{server.HttpEndPoint}/ has ended the stream: the server stops.{Environment.NewLine}"), tool);
    }

    [Fact]
    public async Task At_a_terminal_it_prints_columns_and_a_topic_if_told()
    {
        await using GodotServer server = await StartAsync();
        Tool tool = await FollowAsync(server, async () =>
        {
            await SendAsync(server, """{"service":"a","metric":5}""" + "\n"
                + """{"service":"service-b","metric":95,"state":"ok","host":"h"}""" + "\n" + """{"service":"c","metric":100}""");
            await server.StopAsync();
        }, atTerminal: true, ["--topic", "alerts"]);
        Assert.Matches(@"^service-b  h  ok  95  \d\d:\d\d:\d\d\nc          -  -   100  \d\d:\d\d:\d\d\n$",
            tool.Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(true, """{"service":"a\u200b\u009b\udb40\udc41b"}""", "--json")]
    [InlineData(true, "^a\uFFFD\uFFFD\uFFFDb  ")]
    [InlineData(false, "\"a\u200B\u009B\U000E0041b\"")]
    public async Task What_a_terminal_would_obey_or_not_show_does_not_reach_it(bool atTerminal, string expected, params string[] words)
    {
        await using GodotServer server = await StartAsync();
        Tool tool = await FollowAsync(server, async () =>
        {
            await SendAsync(server, "{\"service\":\"a\u200B\u009B\U000E0041b\"}");
            await server.StopAsync();
        }, atTerminal, words);
        Assert.Contains(expected.TrimStart('^').TrimEnd('}'), tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_when_the_program_that_reads_it_has_seen_enough()
    {
        await using GodotServer server = await StartAsync();
        using ToolProcess tool = new("tail", "--http", $"{server.HttpEndPoint}");
        while (server.Reactors.Count < 2) await Task.Delay(5, TestContext.Current.CancellationToken);
        await SendAsync(server, """{"service":"a","time":1}""");
        Assert.Equal("""{"service":"a","time":1}""", await tool.Output.ReadLineAsync(TestContext.Current.CancellationToken));
        tool.Output.Close();
        await SendAsync(server, """{"service":"b"}""");
        await tool.EndAsync();
        Assert.Equal(141, tool.Code);
        Assert.Equal("", await tool.Error.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Interrupted_it_ends_with_130_and_says_nothing()
    {
        await using GodotServer server = await StartAsync();
        using CancellationTokenSource stop = new();
        Assert.Equal(new Tool(130, "", ""), await FollowAsync(server, stop.CancelAsync, atTerminal: false, [], stop.Token));
    }

    [Fact]
    public async Task What_was_lost_is_told_beside_the_events_and_a_broken_connection_too()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task<Tool> tail = Tool.RunAsync(["tail", "--http", $"{listener.LocalEndpoint}"]);
        using (Socket client = await listener.AcceptSocketAsync().WaitAsync(Tool.Patience))
        {
            await client.ReceiveAsync(new byte[4096]);
            // An event may have a member of that name; it has a time, too.
            const string lines = """{"dropped":1,"time":1}""" + "\n\n" + """{"dropped":42}""" + "\n";
            await client.SendAsync(
                Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{lines.Length:x}\r\n{lines}\r\n"));
        }
        Tool tool = await tail;
        Assert.Equal((1, """{"dropped":1,"time":1}""" + Environment.NewLine), (tool.Code, tool.Output));
        Assert.Equal(["42 events were lost: they came faster than they were read.",
            $"The connection to http://{listener.LocalEndpoint}/ broke: the server is gone."],
            tool.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
