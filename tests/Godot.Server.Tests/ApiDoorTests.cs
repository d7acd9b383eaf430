using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Godot;

/// <summary>Who may change anything over the API, and what a request may look like.</summary>
public sealed class ApiDoorTests
{
    const string Acknowledge = """{"by":"ann"}""";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<GodotServer> Start(GodotServerOptions? options = null, Allow? allow = null)
    {
        GodotServer server = Senders.OnLoopback(Transport.Tcp).Http("127.0.0.1:0", allow).With(options ?? new())
            .React("cpu", Reactor.Where("service", "cpu").Alert());
        await server.StartAsync(Stop);
        server.Run!.Engine.Feed(new Event { Host = "app", Service = "cpu", State = "critical" });
        await Eventually.True(() => server.Incidents.Count == 1);
        return server;
    }

    static async Task Refuses(GodotServer server, HttpRequestMessage request, int status, string because)
    {
        using ApiClient api = new(server);
        (HttpStatusCode answered, JsonNode problem) = await api.Ask(request);
        Assert.Equal(status, (int)answered);
        Assert.Contains(because, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("Godot.Api", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Null(server.Incidents[0].Acknowledged);
    }

    static HttpRequestMessage Post(string path = "incidents/cpu/acknowledge", string body = Acknowledge, string type = "application/json")
    {
        HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type.Length > 0) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return request;
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", 403, "other sites")]
    [InlineData("Origin", "null", 403, "other sites")]
    [InlineData("Origin", "http://127.0.0.1", 403, "other sites")]
    [InlineData("Sec-Fetch-Site", "cross-site", 403, "other sites")]
    [InlineData("Host", "evil.example", 421, "not called evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example", 421, "not called")]
    [InlineData("X-Forwarded-For", "10.0.0.1", 403, "proxy")]
    [InlineData("Forwarded", "for=10.0.0.1", 403, "proxy")]
    [InlineData("Via", "1.1 proxy", 403, "proxy")]
    public async Task A_page_of_another_site_and_what_a_proxy_passes_on_change_nothing(string header, string value, int status,
        string because)
    {
        await using GodotServer server = await Start();
        HttpRequestMessage request = Post();
        request.Headers.TryAddWithoutValidation(header, value);
        await Refuses(server, request, status, because);
    }

    [Fact]
    public async Task Another_machine_that_may_ask_may_read_and_change_nothing()
    {
        await using GodotServer server = await Start(new() { IsThisMachine = _ => false }, Allow.From("127.0.0.0/8"));
        using ApiClient api = new(server);
        Assert.Equal(HttpStatusCode.OK, (await api.Get("incidents")).Status);
        foreach (HttpRequestMessage change in (HttpRequestMessage[])[Post(), Post("incidents/cpu/resolve"),
            Post("silences", """{"query":"true","by":"eve","for_seconds":60}"""),
            Post("silences?preview=true", """{"query":"true","by":"eve","for_seconds":60}"""),
            new(HttpMethod.Delete, "silences/1?by=eve"), Post("channels/console/test"), Post("outbox/1/retry"),
            new(HttpMethod.Delete, "outbox/1?by=eve")])
            await Refuses(server, change, 403, "Only programs of the server's own machine");
        Assert.Empty(server.Silences);
    }

    [Fact]
    public async Task A_stranger_is_answered_with_a_problem_too()
    {
        await using GodotServer server = await Start(new() { IsThisMachine = _ => false });
        await Refuses(server, new(HttpMethod.Get, "incidents"), 403, "127.0.0.1 may not ask here");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=application/json")]
    [InlineData("")]
    [InlineData("application/json/x")]
    public async Task What_a_form_could_send_is_not_read(string type)
    {
        await using GodotServer server = await Start();
        await Refuses(server, Post(type: type), 415, "Content-Type: application/json");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"by":null}""")]
    [InlineData("""{"by":""}""")]
    [InlineData("""{"by":" "}""")]
    [InlineData("""{"by":7}""")]
    [InlineData("""{"by":"ann","by":"bob"}""")]
    [InlineData("""{"by":"ann","utnil":"2999-01-01T00:00:00Z"}""")]
    [InlineData("""{"by":"ann","until":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"by":"ann","until":"soon"}""")]
    [InlineData("""{"by":"ann","for_seconds":0}""")]
    [InlineData("""{"by":"ann","for_seconds":-1}""")]
    [InlineData("""{"by":"ann","for_seconds":1e300}""")]
    [InlineData("""{"by":"ann","for_seconds":60,"until":"2999-01-01T00:00:00Z"}""")]
    [InlineData("""{"by":"\ud800"}""")]
    [InlineData("""{"by":"ann"} {"by":"bob"}""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task A_body_that_is_not_what_is_expected_is_refused_with_a_sentence(string body)
    {
        await using GodotServer server = await Start();
        await Refuses(server, Post(body: body), 400, "");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        await using GodotServer server = await Start();
        HttpRequestMessage request = Post();
        request.Content = new ByteArrayContent([.. "{\"by\":\""u8, 0xff, 0xfe, .. "\"}"u8]);
        request.Content.Headers.ContentType = new("application/json");
        await Refuses(server, request, 400, "");
    }

    [Theory]
    [InlineData("incidents?limit=many", 400)]
    [InlineData("incidents?limit=-1", 400)]
    [InlineData("incidents?lmit=1", 400)]
    [InlineData("ledger?since=yesterday", 400)]
    [InlineData("ledger?what=a&what=b", 400)]
    [InlineData("incidents/none", 404)]
    [InlineData("nothing", 404)]
    [InlineData("", 404)]
    [InlineData("incidents/1/2/3", 404)]
    [InlineData("incidents/cpu/acknowledge", 405)]
    public async Task What_cannot_be_answered_is_a_problem(string path, int status)
    {
        await using GodotServer server = await Start();
        await Refuses(server, new(HttpMethod.Get, path), status, "");
    }

    [Theory]
    [InlineData("""{"query":"host = 'app'","by":"ann","for_seconds":60}""")]
    [InlineData("""{"query":"true","by":"ann"}""")]
    [InlineData("""{"query":"","by":"ann","for_seconds":60}""")]
    public async Task A_silence_without_an_end_or_with_a_mistake_is_not_made(string body)
    {
        await using GodotServer server = await Start();
        await Refuses(server, Post("silences", body), 400, "");
        Assert.Empty(server.Silences);
    }

    [Fact]
    public async Task Too_much_is_refused_and_sixty_kilobytes_are_not()
    {
        await using GodotServer server = await Start();
        await Refuses(server, Post(body: $$"""{"by":"{{new string('a', 64 * 1024)}}"}"""), 413, "at most 65536 bytes");
        HttpRequestMessage chunked = Post(body: $$"""{"by":"{{new string('a', 1024 * 1024)}}"}""");
        chunked.Headers.TransferEncodingChunked = true;
        await Refuses(server, chunked, 413, "");
        await Refuses(server, Post(body: $$"""{"by":"{{new string('a', 60_000)}}"}"""), 400, "more than 200 characters");
        await Refuses(server, new(HttpMethod.Get, $"incidents/{new string('a', 60_000)}"), 404, "no incident of this id");
        await Refuses(server, Post($"incidents/{new string('a', 60_000)}/acknowledge"), 404, "No incident of this id");
        HttpRequestMessage key = Post();
        key.Headers.Add("Idempotency-Key", new string('a', 20_000));
        await Refuses(server, key, 400, "at most 200 characters");
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_waited_for_five_seconds()
    {
        FakeTimeProvider clock = new();
        await using GodotServer server = await Start(new() { Engine = new() { TimeProvider = clock } });
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(server.HttpEndPoint!);
        socket.Send("POST /api/v1/incidents/cpu/acknowledge HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "Content-Length: 100\r\n\r\n{");
        using StreamReader answer = new(new NetworkStream(socket));
        Task<string?> first = answer.ReadLineAsync(Stop).AsTask();

        await Eventually.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return first.IsCompleted;
        });

        Assert.Equal("HTTP/1.1 408 Request Timeout", await first);
        Assert.Null(server.Incidents[0].Acknowledged);
    }
}
