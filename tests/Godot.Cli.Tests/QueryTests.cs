namespace Godot.Cli.Tests;

public class QueryTests
{
    static async Task<GodotServer> StartAsync(params Recipe[] recipes)
    {
        GodotServer server = GodotServer.Tcp(0, "127.0.0.1").Http("127.0.0.1:0");
        foreach (Recipe recipe in recipes) server.React(recipe);
        await server.StartAsync();
        return server;
    }

    static async Task SendAsync(GodotServer server, string lines)
    {
        Tool sent = await Tool.RunAsync(["send", "--to", $"tcp://{server.Inputs[0].EndPoint}"], lines);
        Assert.Equal(new Tool(0, "", ""), sent);
    }

    /// <summary>Runs until the answer is the right one: what was sent may still be on its way.</summary>
    static async Task<Tool> AskAsync(GodotServer server, Func<Tool, bool> isRight, bool atTerminal, params string[] args)
    {
        Tool tool = new(-1, "", "");
        for (int tries = 0; tries < 200 && !isRight(tool); tries++)
        {
            tool = await Tool.RunAsync(["query", "--http", $"{server.HttpEndPoint}", .. args], atTerminal: atTerminal);
            await Task.Delay(20);
        }
        return tool;
    }

    [Fact]
    public async Task Piped_on_it_prints_the_lines_as_they_came()
    {
        await using GodotServer server = await StartAsync(Reactor.Index());
        const string first = """{ "time":1700000000, "service":"cpu", "metric":60, "odd":1 }""";
        // The second is of the first's series, which comes again: over one connection, since two have no order between them.
        await SendAsync(server,
            string.Join('\n', first, """{"service":"cpu","metric":40}""", """{"service":"cpu","host":"b","metric":70,"time":1}""", first));
        string expected = $$"""{{first}}{{Environment.NewLine}}{"service":"cpu","host":"b","metric":70,"time":1}{{Environment.NewLine}}""";
        Assert.Equal(new Tool(0, expected, ""),
            await AskAsync(server, tool => tool.Output == expected, false, """service = "cpu" and metric > 50"""));
        Tool one = await AskAsync(server, tool => tool.Code == 0, false, "--limit", "1");
        Assert.Equal($"The first 1 of 2; --limit shows more.{Environment.NewLine}", one.Error);
    }

    [Theory]
    [InlineData("9877", "http://127.0.0.1:9877/")]
    [InlineData("127.0.0.1:9877", "http://127.0.0.1:9877/")]
    [InlineData("[::1]:9877", "http://[::1]:9877/")]
    [InlineData("monitor:9877", "http://monitor:9877/")]
    [InlineData("0", null)]
    [InlineData("99999", null)]
    [InlineData("monitor", null)]
    [InlineData("", null)]
    public void A_server_is_named_by_its_port_or_an_address_and_a_port(string text, string? root)
    {
        if (root is not null) Assert.Equal(root, HttpAddress.Parse(text).Root.ToString());
        else Assert.Contains("such as 9877 or 127.0.0.1:9877", Assert.Throws<FormatException>(() => HttpAddress.Parse(text)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_of_the_greatest_length_is_sent_as_it_was_written()
    {
        await using GodotServer server = await StartAsync(Reactor.Index());
        await SendAsync(server, """{"service":"cpu","metric":60}""");
        // Written with its spaces it would be longer than one may be.
        string query = $"metric=60 or host=\"{new string('水', 8192 - 20)}\"";
        Tool tool = await AskAsync(server, tool => tool.Output.Length > 0, false, query);
        Assert.Equal((0, ""), (tool.Code, tool.Error));
        Assert.Contains("cpu", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_a_terminal_it_prints_a_table_and_acts_on_nothing_that_senders_chose()
    {
        await using GodotServer server = await StartAsync(Reactor.Index("a"));
        await SendAsync(server, """{"service":"disk\u001b[2J","host":"web1","state":"critical","metric":0.123456789,"time":1}""" + "\n"
            + """{"service":"api","metric":1e9}""");
        Tool tool = await AskAsync(server, tool => tool.Output.Contains("web1", StringComparison.Ordinal), true, "--index", "a");
        Assert.Matches(
            """
            ^SERVICE   HOST  STATE       METRIC  AGE
            api       -     -            1E\+09  \d+s
            disk␛\[2J  web1  critical  0\.123457  \d+d
            $
            """.ReplaceLineEndings("\n"), tool.Output.ReplaceLineEndings("\n"));
        Tool json = await AskAsync(server, tool => tool.Code == 0, true, "--index", "a", "--json", "metric = 1e9");
        Assert.StartsWith("""{"service":"api",""", json.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query")]
    [InlineData("tail")]
    public async Task A_mistake_in_the_query_is_shown_where_it_is(string command)
    {
        Tool tool = await Tool.RunAsync([command, "service = 'cpu'"]);
        Assert.Equal(new Tool(2, "", """
            Write texts in double quotes: "cpu". (At character 11.)
            service = 'cpu'
                      ^

            """.ReplaceLineEndings("\n").TrimEnd('\n') + Environment.NewLine), tool);
    }

    [Theory]
    [InlineData("query")]
    [InlineData("tail")]
    public async Task Where_nobody_listens_it_says_so(string command)
    {
        int port;
        await using (GodotServer server = await StartAsync()) port = server.HttpEndPoint!.Port;
        Tool tool = await Tool.RunAsync([command, "--http", $"localhost:{port}"]);
        Assert.Equal(
            new Tool(1, "",
                $"http://localhost:{port}/ could not be reached: Connection refused. Does a server run there, with --http "
                    + $"localhost:{port}?{Environment.NewLine}"), tool);
    }

    [Fact]
    public async Task Without_an_index_it_says_what_to_add()
    {
        await using GodotServer server = await StartAsync();
        Assert.Equal(
            new Tool(1, "", $"No reactor keeps an index; add one that does, such as .React(Reactor.Index()).{Environment.NewLine}"),
            await Tool.RunAsync(["query", "--http", $"{server.HttpEndPoint}"]));
    }
}
