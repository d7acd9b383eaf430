using System.Net;

namespace Godot;

public class IndexPageTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<(HttpStatusCode Code, string Text, string? Matches)> Get(GodotServer server, string path)
    {
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpEndPoint}"), Timeout = TimeSpan.FromSeconds(60) };
        using HttpResponseMessage answer = await http.GetAsync(path, Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop), answer.Headers.TryGetValues("Godot-Matches", out var matches) ? matches.Single() : null);
    }

    static string Of(string query) => "/index?query=" + Uri.EscapeDataString(query);

    [Fact]
    public async Task It_answers_with_lines_by_service_and_host_as_they_came_and_with_their_time()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0").React(Reactor.Index());
        await server.StartAsync(Stop);
        const string first = """{ "time":1700000000, "service":"b", "host":"h1", "metric":1, "odd":[1, 2] }""", second = """{"time":1700000000,"service":"a","host":"h2","metric":2}""";
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
        string[] lines = [.. new[] { 64, 128, 256, 4096 }.SelectMany(size => Enumerable.Range(size - 2, 4)).Select(size => $$"""{"time":1,"host":"{{size:0000}}","service":"s","description":"{{new string('x', size - 55)}}"}""")];
        server.Send(Transport.Tcp, lines.Select(line => line + "\n"));
        await Eventually.True(() => server.Counters() is { Open: 0 } counters && counters.Received == lines.Length);
        Assert.Equal(string.Concat(lines.Select(line => line + "\n")), (await Get(server, "/index")).Text);
        foreach (string line in lines) Assert.Equal(line + "\n", (await Get(server, Of($"service = \"s\" and host = \"{Event.Parse(line).Host}\""))).Text);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_told_in_a_sentence()
    {
        await using GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0");
        await server.StartAsync(Stop);
        Assert.Equal((HttpStatusCode.NotFound, "No reactor keeps an index; add one that does, such as .React(Reactor.Index()).\n", null), await Get(server, "/index"));

        server.React(Reactor.Index("a")).React(Reactor.Index("b"));
        Assert.Equal((HttpStatusCode.NotFound, "There is no index \"index\"; say the name of one that there is: \"a\", \"b\".\n", null), await Get(server, "/index"));
        Assert.Equal(HttpStatusCode.OK, (await Get(server, "/index?name=b")).Code);

        Assert.Equal((HttpStatusCode.BadRequest, """
            Behind > stands a number, such as 50, not "x". (At character 10.)
            metric > "x"
                     ^

            """, null), await Get(server, Of("metric > \"x\"")));
        Assert.Equal((HttpStatusCode.BadRequest, "A limit is a whole number, such as limit=100.\n", null), await Get(server, "/index?limit=-1"));
    }
}
