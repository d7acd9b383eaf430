using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Godot.Cli.Tests;

public class SendTests
{
    [Fact]
    public async Task Options_become_the_fields_of_one_event()
    {
        using LineListener listener = new();
        Task<string[]> lines = listener.ReadToEndAsync();

        Tool tool = await Tool.RunAsync(
            ["send", "--to", listener.Address, "--host", "h", "--service", "s", "--state", "ok", "--description", "it works",
            "--metric", "-1.5", "--ttl", "2m", "--time", "1700000000.25", "--tag", "a", "--tag", "b", "--meta", "n=1", "--meta", "b=true",
                "--meta", "t=x=y"]);

        Assert.Equal(new Tool(0, "", ""), tool);
        Assert.Equal(new Event
        {
            Host = "h",
            Service = "s",
            State = "ok",
            Description = "it works",
            Metric = -1.5,
            Ttl = TimeSpan.FromMinutes(2),
            Time = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250),
            Tags = ["a", "b"],
            Meta = new Dictionary<string, MetaValue> { ["n"] = 1, ["b"] = true, ["t"] = "x=y" },
        }, Event.Parse(Assert.Single(await lines)));
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    public async Task Over_udp_an_event_is_a_datagram_unless_they_are_packed(bool pack, int datagrams)
    {
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string[] to = ["send", "--to", $"udp://{server.LocalEndPoint}"];

        // A batch is sent in one go.
        Tool tool = await Tool.RunAsync(pack ? [.. to, "--pack"] : to, """[{"service":"a"},{"service":"b"},{"service":"c"}]""");

        Assert.Equal(new Tool(0, "", ""), tool);
        byte[] datagram = new byte[65_536];
        List<string> received = [];
        while (server.Available > 0) received.Add(Encoding.UTF8.GetString(datagram, 0, server.Receive(datagram)));
        Assert.Equal("abc", string.Concat(received.SelectMany(lines => lines.Split('\n')).Select(line => Event.Parse(line).Service)));
        Assert.Equal(datagrams, received.Count);
    }

    [Fact]
    public async Task An_event_is_about_this_machine_and_now_unless_it_says_otherwise()
    {
        using LineListener listener = new();
        Task<string[]> lines = listener.ReadToEndAsync();
        DateTimeOffset before = TimeProvider.System.GetUtcNow();

        await Tool.RunAsync(["send", "--to", listener.Address, "--metric", "0"]);

        Event e = Event.Parse(Assert.Single(await lines));
        Assert.Equal(Environment.MachineName, e.Host);
        Assert.InRange(e.Time!.Value, before, TimeProvider.System.GetUtcNow());
        Assert.Equal(0, e.Metric);
    }

    [Fact]
    public async Task Lines_and_batches_that_are_piped_in_are_sent_byte_for_byte()
    {
        using LineListener listener = new();
        Task<string[]> lines = listener.ReadToEndAsync();

        Tool tool = await Tool.RunAsync(["send", "--to", listener.Address, "--verbose"], """
            { "service": "a", "unknown": [1] }

            [{"service":"b"}, {"service":"c"}]
            {"service":"d"}
            """);

        Assert.Equal(new Tool(0, $"Sent 4 events to {listener.Address}.{Environment.NewLine}", ""), tool);
        Assert.Equal(["""{ "service": "a", "unknown": [1] }""", """{"service":"b"}""", """{"service":"c"}""", """{"service":"d"}"""],
            await lines);
    }

    [Fact]
    public async Task Bad_lines_are_named_and_the_others_are_sent()
    {
        using LineListener listener = new();
        Task<string[]> lines = listener.ReadToEndAsync();
        string tooLong = $$"""{"service":"{{new string('x', 200_000)}}"}""";

        Tool tool = await Tool.RunAsync(["send", "--to", listener.Address], $$"""
            {"service":"a"}
            nonsense
            {{tooLong}}
            [{"service":"b"},{"metric":"high"},3]
            {"service":"c"}
            """);

        Assert.Equal(1, tool.Code);
        Assert.Equal("", tool.Output);
        Assert.Equal(["Line 2: not json", "Line 3: too long", "Line 4: wrong type", "Line 4: not an event",
            "4 events or lines could not be read, 3 were sent."],
            tool.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["""{"service":"a"}""", """{"service":"b"}""", """{"service":"c"}"""], await lines);
    }

    [Fact]
    public async Task A_ttl_that_is_probably_not_meant_is_warned_of_and_sent()
    {
        using LineListener listener = new();
        Task<string[]> lines = listener.ReadToEndAsync();

        Tool tool = await Tool.RunAsync(["send", "--to", listener.Address], """
            {"ttl":0}
            {"time":1767225600123,"ttl":3600}
            {"time":1767225600123,"ttl":900}
            {"time":1767225600124,"ttl":901}
            {"time":1767225600,"ttl":3600}
            {"time":1767225600123}
            {"time":1767225600123456,"ttl":60}
            """);

        Assert.Equal(0, tool.Code);
        Assert.Equal(7, (await lines).Length);
        Assert.Equal(
            [
                "Warning: a ttl of 0 is over as soon as the event arrives: Expire() calls its series expired at once; leave ttl out if it "
                    + "is not to be watched.",
                "Warning: a time in milliseconds makes a ttl of 1000 or more milliseconds: 3600 is 3.6 s; write the time in seconds if the "
                    + "ttl is in seconds.",
                "Warning: a ttl below 1000 is seconds even beside a time in milliseconds: 900 is 900 s; write 1000 or more for "
                    + "milliseconds, or the time in seconds.",
            ],
            tool.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_ttl_of_0_from_options_is_warned_of()
    {
        using LineListener listener = new();
        Task<string[]> lines = listener.ReadToEndAsync();
        Tool tool = await Tool.RunAsync(["send", "--to", listener.Address, "--service", "s", "--ttl", "0"]);
        Assert.Equal(0, tool.Code);
        Assert.StartsWith("Warning: a ttl of 0 is over", tool.Error, StringComparison.Ordinal);
        Assert.Contains("\"ttl\":0", Assert.Single(await lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_server_goes_away_and_stays_away_it_ends_and_says_how_many_were_not_sent()
    {
        // More than the client's buffer holds.
        string events = string.Concat(Enumerable.Repeat($$"""{"description":"{{new string('x', 1_000)}}"}""" + "\n", 20_000));
        string address;
        Task<Tool> sending;
        using (LineListener listener = new())
        {
            address = listener.Address;
            sending = Tool.RunAsync(["send", "--to", address, "--timeout", "300ms"], events);
            await listener.ResetFirstAsync();
        }

        Tool tool = await sending;
        Assert.Equal(1, tool.Code);
        Assert.Matches(
            $@"^{address} could not be reached any more: \d+ events were sent; \d+ that were read, and all behind them, were not\.\s*$",
                tool.Error);
    }

    [Fact]
    public async Task Without_a_field_at_a_terminal_it_says_what_to_give()
    {
        Tool tool = await Tool.RunAsync(["send"]);

        Assert.Equal(2, tool.Code);
        Assert.StartsWith("Give the event at least one field", tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_it_gives_up_and_says_how_often_it_tried()
    {
        string address;
        using (LineListener listener = new()) address = listener.Address;

        Tool tool = await Tool.RunAsync(["send", "--to", address, "--service", "s", "--timeout", "300ms"]);

        Assert.Equal(1, tool.Code);
        Assert.Matches($@"^{address} could not be reached: Connection refused \(\d+ attempts? in 0\.3 s\)\.\s*$", tool.Error);
    }

    [Fact]
    public async Task Interrupted_while_it_tries_it_says_nothing()
    {
        string address;
        using (LineListener listener = new()) address = listener.Address;
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));

        Assert.Equal(new Tool(130, "", ""), await Tool.RunAsync(["send", "--to", address, "--service", "s"], stop: stop.Token));
    }

    [Fact]
    public async Task A_value_that_no_event_can_have_is_refused_in_a_sentence()
    {
        Tool tool = await Tool.RunAsync(["send", "--state", new string('x', 255)]);

        Assert.Equal(2, tool.Code);
        Assert.Equal("A state must be shorter than 255 bytes of UTF-8.", tool.Error.TrimEnd());
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    [InlineData("unix")]
    public async Task A_server_receives_what_was_sent(string kind)
    {
        BlockingCollection<Event> received = [];
        string path = Path.Combine(Path.GetTempPath(), $"godot-{Guid.NewGuid():N}.sock");
        GodotServer server = kind switch
        {
            "tcp" => GodotServer.Tcp(0, "127.0.0.1"),
            "udp" => GodotServer.Udp(0, "127.0.0.1"),
            _ => GodotServer.Unix(path),
        };
        await using (server.React(Reactor.Where("service", "s").Then(() => new Keep(received))))
        {
            await server.StartAsync();
            string address = server.Inputs[0].EndPoint is IPEndPoint { Port: var port } ? $"{kind}://127.0.0.1:{port}" : $"unix://{path}";

            Tool tool = await Tool.RunAsync(["send", "--to", address, "--service", "s", "--metric", "7"]);

            Assert.Equal(new Tool(0, "", ""), tool);
            Assert.True(received.TryTake(out Event? e, Tool.Patience));
            Assert.Equal(("s", 7), (e.Service, e.Metric));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    public async Task A_server_that_does_not_let_this_machine_in_is_an_error_and_its_sentence_is_shown(int events)
    {
        await using GodotServer server =
            GodotServer.Tcp(0, "127.0.0.1").With(new() { IsThisMachine = _ => false }).React(Reactor.Where("service", "s"));
        await server.StartAsync();
        string address = $"tcp://127.0.0.1:{((IPEndPoint)server.Inputs[0].EndPoint!).Port}";

        Tool tool = events == 1
            ? await Tool.RunAsync(["send", "--to", address, "-v", "--service", "s"])
            : await Tool.RunAsync(["send", "--to", address, "-v"], string.Concat(Enumerable.Repeat("{\"service\":\"s\"}\n", events)));

        Assert.Equal((1, ""), (tool.Code, tool.Output));
        Assert.Matches(
            $"^(The events? (was|were)|[1-9]\\d* events? that were read, and all behind them, were) not sent, {address} does not let this "
                + $"machine in: "
            + "127.0.0.1 may not send here: .* start the server with --allow 127.0.0.1,", tool.Error);
    }

    sealed class Keep(BlockingCollection<Event> into) : Stage
    {
        public override void On(EventView e) => into.Add(e.ToEvent());
    }
}
