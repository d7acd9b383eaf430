using System.Net.Sockets;
using System.Text;
using Godot.Events;

namespace Godot;

/// <summary>What a web page can have a browser send to the port of events.</summary>
public class OtherProtocolTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly string Body = Some.Line("forged");

    [Theory]
    [InlineData("POST / HTTP/1.1\r\n")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("GET / HTTP/1.0\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\n")]
    [InlineData("CONNECT example.com:443 HTTP/1.1\r\n")]
    [InlineData("whatever-a-page-likes http://example.com/ HTTP/1.1\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002 a ticket of the page's choice\n")]
    public async Task Nothing_of_a_request_is_an_event_and_the_connection_closes(string first)
    {
        Seen seen = new();
        LogLines log = new();
        await using GodotServer server =
            Senders.OnLoopback(Transport.Tcp).With(new() { Engine = new() { LoggerFactory = log } }).React(seen.Recipe);
        await server.StartAsync(Stop);
        using Socket socket = server.Connect(Transport.Tcp);

        socket.Send($"{first}Host: 127.0.0.1:9876\r\nContent-Type: text/plain\r\n\r\n{Body}{Body}");

        Assert.True(await socket.IsClosed());
        await Eventually.True(() => server.Counters().Open == 0);
        Assert.Equal((0, 1, 1),
            (server.Counters().Received, server.Counters().Rejected(RejectReason.OtherProtocol), server.Counters().AllRejected));
        Assert.Empty(seen.Services);
        Assert.Contains(log.Warnings, w => w.Contains("(other_protocol)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nor_when_it_comes_byte_by_byte_or_is_longer_than_a_line_may_be()
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).With(new() { MaxLineLength = 1000 }).React(seen.Recipe);
        await server.StartAsync(Stop);
        string[] requests =
        [
            $"POST /{new string('x', 3000)} HTTP/1.1\r\nHost: a\r\n\r\n{Body}",
            $"{new string('M', 3000)} / HTTP/1.1\r\nHost: a\r\n\r\n{Body}",
            $"POST / HTTP/1.1\r\nHost: a\r\n\r\n{Body}",
        ];
        foreach (string request in requests)
        {
            using Socket socket = server.Connect(Transport.Tcp);
            socket.NoDelay = true;
            try
            {
                foreach (char c in request) socket.Send([(byte)c]);
            }
            catch (SocketException)
            {
                // It is closed already, as it should be.
            }
            Assert.True(await socket.IsClosed());
        }
        await Eventually.True(() => server.Counters().Open == 0);
        Assert.Equal((0, 3), (server.Counters().Received, server.Counters().Rejected(RejectReason.OtherProtocol)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x ")]
    [InlineData("HTTP/1.1 ")]
    public async Task Another_line_that_is_too_long_is_skipped_and_no_more(string word)
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).With(new() { MaxLineLength = 1000 }).React(seen.Recipe);
        await server.StartAsync(Stop);
        using Socket socket = server.Connect(Transport.Tcp);
        socket.NoDelay = true;

        string line = string.Concat(Enumerable.Repeat(word, 500_000 / word.Length)) + ".\n";
        for (int i = 0; i < line.Length; i += 7777) socket.Send(line[i..Math.Min(i + 7777, line.Length)]);
        socket.Send(Some.Line("next"));

        await seen.Count(1);
        Assert.Equal((1, 1), (server.Counters().Rejected(RejectReason.TooLong), server.Counters().AllRejected));
    }

    [Fact]
    public async Task What_came_before_it_is_heard()
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).React(seen.Recipe);
        await server.StartAsync(Stop);
        using Socket socket = server.Connect(Transport.Tcp);

        socket.Send($"{Some.Line("before")}GET / HTTP/1.1\r\n\r\n{Some.Line("after")}");

        Assert.True(await socket.IsClosed());
        await seen.Count(1);
        Assert.Equal(["before"], seen.Services);
    }

    [Fact]
    public async Task In_a_datagram_it_says_nothing_of_the_next()
    {
        Seen seen = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Udp).React(seen.Recipe);
        await server.StartAsync(Stop);

        server.Send(Transport.Udp, "GET / HTTP/1.1", Some.Line("next"));

        await seen.Count(1);
        Assert.Equal(1, server.Counters().Rejected(RejectReason.NotJson));
    }

    [Theory]
    [InlineData("{\"service\":\"GET / HTTP/1.1\"}")]
    [InlineData("[{}]")]
    [InlineData("nonsense")]
    [InlineData("GET /")]
    [InlineData("12 of 13 are HTTP/1.1")]
    [InlineData(" GET / HTTP/1.1")]
    [InlineData("")]
    public void Other_lines_are_not_taken_for_it(string line) => Assert.False(OtherProtocol.Speaks(Encoding.UTF8.GetBytes(line)));
}
