using System.Net;
using System.Net.Sockets;

namespace Godot;

public class IndexPageTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<(HttpStatusCode Code, string Text, string? Matches)> Get(GodotServer server, string path)
    {
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}"), Timeout = TimeSpan.FromSeconds(60) };
        using HttpResponseMessage answer = await http.GetAsync(path, Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop),
            answer.Headers.TryGetValues("Godot-Matches", out var matches) ? matches.Single() : null);
    }

    static string Of(string query) => "/index?query=" + Uri.EscapeDataString(query);

    [Fact]
    public async Task It_answers_with_lines_by_service_and_host_as_they_came_and_with_their_time()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0").React(Reactor.Index());
        await server.StartAsync(Stop);
        const string first = """{ "time":1700000000, "service":"b", "host":"h1", "metric":1, "odd":[1, 2] }""",
            second = """{"time":1700000000,"service":"a","host":"h2","metric":2}""";
        server.Send(Transport.Tcp, $"{first}\n{second}\n", """{"service":"b","host":"h0","metric":3}""" + "\n");
        await Eventually.True(() => server.Counters() is { Received: 3, Open: 0 });

        (_, string all, string? matches) = await Get(server, "/index");
        string[] lines = all.Split('\n');
        Assert.Equal(("3", 4, second, first), (matches, lines.Length, lines[0], lines[2]));
        Assert.Equal("h0", Event.Parse(lines[1]).Host);
        Assert.NotNull(Event.Parse(lines[1]).Time);

        Assert.Equal((HttpStatusCode.OK, second + "\n", "1"), await Get(server, Of("service = \"a\" and metric > 1")));
        Assert.Equal((HttpStatusCode.OK, first + "\n", "1"), await Get(server, Of("service = \"b\" and host = \"h1\"")));
        Assert.Equal((HttpStatusCode.OK, "", "0"), await Get(server, Of("metric > 3")));
        Assert.Equal((HttpStatusCode.OK, second + "\n", "3"), await Get(server, "/index?limit=1"));
    }

    [Fact]
    public async Task A_line_may_have_any_length()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0").React(Reactor.Index());
        await server.StartAsync(Stop);
        // Around the sizes in which memory comes.
        string[] lines =
            [.. new[] { 64, 128, 256, 4096 }.SelectMany(size => Enumerable.Range(size - 2, 4))
                .Select(size => $$"""{"time":1,"host":"{{size:0000}}","service":"s","description":"{{new string('x', size - 55)}}"}""")];
        server.Send(Transport.Tcp, lines.Select(line => line + "\n"));
        await Eventually.True(() => server.Counters() is { Open: 0 } counters && counters.Received == lines.Length);
        Assert.Equal(string.Concat(lines.Select(line => line + "\n")), (await Get(server, "/index")).Text);
        foreach (string line in lines)
            Assert.Equal(line + "\n", (await Get(server, Of($"service = \"s\" and host = \"{Event.Parse(line).Host}\""))).Text);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_told_in_a_sentence()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0");
        await server.StartAsync(Stop);
        Assert.Equal((HttpStatusCode.NotFound, "No reactor keeps an index; add one that does, such as .React(Reactor.Index()).\n", null),
            await Get(server, "/index"));

        server.React(Reactor.Index("a")).React(Reactor.Index("b"));
        Assert.Equal((HttpStatusCode.NotFound, "There is no index \"index\"; say the name of one that there is: \"a\", \"b\".\n", null),
            await Get(server, "/index"));
        Assert.Equal(HttpStatusCode.OK, (await Get(server, "/index?name=b")).Code);

        Assert.Equal((HttpStatusCode.BadRequest, """
            Behind > stands a number, such as 50, not "x". (At character 10.)
            metric > "x"
                     ^

            """, null), await Get(server, Of("metric > \"x\"")));
        Assert.Equal((HttpStatusCode.BadRequest, "A limit is a whole number, such as limit=100.\n", null),
            await Get(server, "/index?limit=-1"));
    }

    [Fact]
    public async Task Few_slow_readers_are_answered_at_once_the_others_are_told_and_who_does_not_read_is_cut()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new();
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0")
            .React(Reactor.Index(ttl: TimeSpan.FromDays(1))).With(new() { Engine = new() { TimeProvider = clock } });
        await server.StartAsync(Stop);
        // 60 MB: more than one answer holds, and far more than sockets do.
        string description = new('x', 60_000);
        for (int i = 0; i < 1000; i += 100)
            server.Send(Transport.Tcp,
                Enumerable.Range(i, 100).Select(n => $$"""{"time":1,"service":"s{{n:000}}","description":"{{description}}"}""" + "\n"));
        await Eventually.True(() => server.Counters() is { Received: 1000, Open: 0 });

        // They ask, read a little, and then nothing.
        List<Socket> slow = [];
        for (int i = 0; i < IndexPage.MostAnswers; i++)
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            slow.Add(socket);
            await socket.ConnectAsync(server.HttpEndPoint!, Stop);
            socket.Send("GET /index?limit=2000000000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Assert.NotEqual(0, await Eventually.Within(socket.ReceiveAsync(new byte[100], Stop).AsTask()));
        }

        Task<(HttpStatusCode Code, string Text, string? Matches)> refused = Get(server, "/index?limit=1");
        while (!refused.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Delay(5, Stop);
        }
        Assert.Equal((HttpStatusCode.ServiceUnavailable,
            "4 others are being answered, as many as may be at once; ask again, and for less.\n", null), await refused);

        for (int i = 0; i < 60; i++) clock.Advance(TimeSpan.FromSeconds(0.5));
        // Their places are free again, and their connections are gone, the rest of their answers with them.
        Assert.Equal((HttpStatusCode.OK, "1000"), await Get(server, "/index?limit=1") is var (code, _, matches) ? (code, matches)
            : default);
        foreach (Socket socket in slow)
        {
            Assert.InRange(await Eventually.Within(Drained(socket)), 0, 30_000_000);
            socket.Dispose();
        }

        // Whoever reads has as much as one answer holds, the first of them.
        (_, string text, matches) = await Get(server, "/index?limit=2000000000");
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(("1000", "s000"), (matches, Event.Parse(lines[0]).Service));
        Assert.InRange(lines.Length, 400, IndexPage.MostBytes / 60_000);
        Assert.Equal($"s{lines.Length - 1:000}", Event.Parse(lines[^1]).Service);
    }

    static async Task<long> Drained(Socket socket)
    {
        byte[] buffer = new byte[64 * 1024];
        long all = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer, Stop) is var count and > 0) all += count;
        }
        catch (SocketException)
        {
            // A reset is an end too.
        }
        return all;
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_told_so_and_none_that_is_too_large_is_tried()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0").React(Reactor.Index());
        await server.StartAsync(Stop);
        server.Send(Transport.Tcp, $$"""{"service":"s","description":"{{new string('a', 60_000)}}"}""" + "\n");
        await Eventually.True(() => server.Counters() is { Received: 1, Open: 0 });
        (HttpStatusCode code, string text, _) = await Get(server, Of("description ~= \"a[ab]{900}c\""));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Contains("let it repeat less", text, StringComparison.Ordinal);
        (code, text, _) =
            await Get(server,
                Of("description ~= \"" + string.Concat(Enumerable.Repeat("(a?", 30)) + string.Concat(Enumerable.Repeat(")?", 30)) + "\""));
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Contains("write the expression without them", text, StringComparison.Ordinal);
    }
}
